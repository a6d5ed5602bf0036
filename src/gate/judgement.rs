//! The order of the checks: size, route, origin, what is public, token, what the body says, rules.
//!
//! 401 comes before 403 and before 400 for the body: who has no valid token learns nothing about operations.

use alloc::{borrow::ToOwned, boxed::Box, string::String, vec::Vec};

use super::{
    Admission, Answer, Decision, Event, Forward, Gate, KeyNeed, Request,
    bearer::Credentials,
    caller::Caller,
    content,
    denial::Denial,
    identity,
    message::{self, Messages},
    mirrored::{Mirrored, Mismatch},
    operation::Operation,
    origin::Admitted,
    resource::path_of,
    revision::Revision,
    route::Route,
    rules::Needs,
};
use crate::{access::Access, check::Check, keys::Supply, limits::MAX_OPERATION_NAME_BYTES, time::UnixSeconds};

/// Why a judgement ends before the origin.
pub(super) enum Stop {
    Denied(Denial),
    Answered(Answer),
    NeedBody(Option<Box<Caller>>),
    NeedKeys(KeyNeed),
}

impl From<Denial> for Stop {
    fn from(denial: Denial) -> Self {
        Self::Denied(denial)
    }
}

/// What has come up on the way, whether it ends well or not.
struct Trace {
    event: Event,
    origin: Option<Admitted>,
    id: Option<String>,
    /// Who sends it, if that was found out before.
    caller: Option<Box<Caller>>,
    refresh: Option<KeyNeed>,
}

/// A request that may go on.
struct Passed {
    access: Option<Access>,
    stale: bool,
    forward: Forward,
}

impl Passed {
    fn public(forward: Forward) -> Self {
        Self { access: None, stale: false, forward }
    }

    fn by(caller: Caller) -> Self {
        Self { access: Some(caller.access), stale: caller.stale, forward: Forward::Endpoint }
    }
}

/// The methods of the endpoint. GET and DELETE are those of the revisions up to 2025-11-25.
const METHODS: &str = "GET, POST, DELETE, OPTIONS";
const METHODS_OF_2026: &str = "POST, OPTIONS";

impl Gate {
    /// Judges a request at the time `now`.
    pub fn decide(&mut self, request: &Request<'_>, now: UnixSeconds) -> Decision {
        self.decide_with_body(request, None, now)
    }

    /// Judges a request whose body [`Decision::NeedBody`] asked for, with the `caller` that came with it. Where
    /// the caller is that of another token or came long ago, the token is judged anew.
    pub fn decide_with_body(
        &mut self,
        request: &Request<'_>,
        caller: Option<Box<Caller>>,
        now: UnixSeconds,
    ) -> Decision {
        let event = Event::new(self.tells_subject);
        let mut trace = Trace { event, origin: None, id: None, caller, refresh: None };
        let judged = self.judge(request, now, &mut trace);
        let cors = trace.origin.as_ref().map(Admitted::headers).unwrap_or_default();
        match judged {
            Ok(passed) => {
                let expires =
                    passed.access.as_ref().and_then(|access| access.claims().date(Check::Expiry, "exp").ok()?);
                Decision::Allow(Admission {
                    identity: passed.access.as_ref().map(identity::headers).unwrap_or_default(),
                    access: passed.access,
                    stale: passed.stale,
                    expires,
                    response_headers: cors,
                    forward: passed.forward,
                    event: trace.event,
                    refresh: trace.refresh,
                })
            }
            Err(Stop::Denied(denial)) => {
                let mut answer = self.answer(&denial, trace.id.as_deref());
                answer.headers.extend(cors);
                trace.event.denied(&denial, &answer);
                Decision::Answer { answer, event: trace.event, refresh: trace.refresh }
            }
            Err(Stop::Answered(answer)) => {
                trace.event.answered(&answer);
                Decision::Answer { answer, event: trace.event, refresh: trace.refresh }
            }
            Err(Stop::NeedBody(caller)) => {
                Decision::NeedBody { limit: self.max_body_bytes, caller, refresh: trace.refresh }
            }
            Err(Stop::NeedKeys(need)) => Decision::NeedKeys(need),
        }
    }

    /// The longest body that is judged, in bytes: the limit of [`Decision::NeedBody`].
    #[must_use]
    pub fn max_body_bytes(&self) -> usize {
        self.max_body_bytes
    }

    /// The answer to a request for a metadata document, or to the preflight of one. `None` for all other
    /// requests, and for the mirrored document of an authorization server, which may have to be fetched.
    #[must_use]
    pub fn metadata(&self, request: &Request<'_>) -> Option<Answer> {
        match self.routes.of(path_of(request.url)) {
            Some(Route::Document(document)) => public_document(request.method, document).ok(),
            _ => None,
        }
    }

    fn judge(&mut self, request: &Request<'_>, now: UnixSeconds, trace: &mut Trace) -> Result<Passed, Stop> {
        self.within_size(request)?;
        match self.routes.of(path_of(request.url)) {
            None => return Err(Denial::RouteUnknown.into()),
            Some(Route::Document(document)) => {
                return Err(Stop::Answered(public_document(request.method, document)?));
            }
            Some(Route::AuthorizationServer) => {
                // Only what is to be read is worth a fetch.
                let document = if request.method == "GET" { self.authorization_server(now)? } else { String::new() };
                return Err(Stop::Answered(public_document(request.method, &document)?));
            }
            Some(Route::Public(forward)) => {
                return match request.method {
                    "GET" => Ok(Passed::public(*forward)),
                    "OPTIONS" => Err(Stop::Answered(Answer::public_preflight())),
                    _ => Err(Denial::MethodNotAllowed { allowed: "GET, OPTIONS" }.into()),
                };
            }
            Some(Route::Endpoint) => {}
        }
        let origin = request.headers.get("origin");
        let origin = self.origins.admit(origin.as_deref()).ok_or(Denial::OriginNotAllowed)?;
        let origin = trace.origin.insert(origin);
        match request.method {
            "POST" => self.judge_post(request, now, trace),
            "OPTIONS" if request.headers.get("access-control-request-method").is_some() => {
                let asked = request.headers.get("access-control-request-headers");
                Err(Stop::Answered(Answer::preflight(origin.preflight_headers(asked.as_deref()))))
            }
            "GET" | "DELETE" if self.revisions.has_streams() => self.judge_plain(request, now, trace),
            _ if self.revisions.has_streams() => Err(Denial::MethodNotAllowed { allowed: METHODS }.into()),
            _ => Err(Denial::MethodNotAllowed { allowed: METHODS_OF_2026 }.into()),
        }
    }

    fn within_size(&self, request: &Request<'_>) -> Result<(), Denial> {
        let limit = self.max_body_bytes;
        // A length that is no number is left to the host, whose parser has let it in; the bytes count.
        let declared = request.headers.get("content-length").unwrap_or_default();
        let is_number = !declared.is_empty() && declared.bytes().all(|byte| byte.is_ascii_digit());
        // A number too large for the machine is too large here, too.
        let declared_long = is_number && !declared.parse::<usize>().is_ok_and(|bytes| bytes <= limit);
        if declared_long || request.body.is_some_and(|body| body.len() > limit) {
            return Err(Denial::BodyTooLarge { limit });
        }
        Ok(())
    }

    /// GET and DELETE: the stream and the end of a session, which have no body that says more.
    fn judge_plain(&mut self, request: &Request<'_>, now: UnixSeconds, trace: &mut Trace) -> Result<Passed, Stop> {
        let operation = Operation::plain(request.method);
        if matches!(self.rules.of(&operation), Ok((_, Needs::Nothing))) {
            return self.pass_public(&[operation], trace);
        }
        let authorization = request.headers.get("authorization");
        let caller = self.admit(Credentials::parse(authorization.as_deref()), now, trace)?;
        let mirrored = Mirrored::of(request.headers);
        self.revision(&mirrored, false, trace)?;
        self.permit(&[operation], &caller.access, trace)?;
        Ok(Passed::by(*caller))
    }

    fn judge_post(&mut self, request: &Request<'_>, now: UnixSeconds, trace: &mut Trace) -> Result<Passed, Stop> {
        let authorization = request.headers.get("authorization");
        let credentials = Credentials::parse(authorization.as_deref());
        let mirrored = Mirrored::of(request.headers);
        let by_headers = self.operation_from_headers
            && mirrored.version() == Some(Revision::Of2026July.name())
            && mirrored.method().is_some_and(|method| !message::has_unmirrored_operand(method));
        // Whoever has no token is not worth reading, unless something is public.
        let worth_reading = matches!(credentials, Credentials::Bearer(_)) || self.rules.any_public();
        let body = match request.body {
            None if worth_reading && !by_headers => {
                // A token that is refused is refused before a byte of the body is read.
                let is_judged = !self.rules.any_public();
                let caller = if is_judged { Some(self.admit(credentials, now, trace)?) } else { None };
                return Err(Stop::NeedBody(caller));
            }
            body => body.unwrap_or_default(),
        };
        let read;
        let operations = if by_headers {
            self.revision(&mirrored, false, trace).and_then(|_| operation_by_headers(&mirrored))
        } else {
            read = content::check(request.headers)
                .map_err(Denial::Content)
                .and_then(|()| message::read(body).map_err(Denial::Message));
            self.operations(&read, &mirrored, trace)
        };
        if self.rules.any_public() {
            let public = |operation| matches!(self.rules.of(operation), Ok((_, Needs::Nothing)));
            match &operations {
                Ok(operations) if operations.iter().all(public) => return self.pass_public(operations, trace),
                _ => {}
            }
        }
        let caller = self.admit(credentials, now, trace)?;
        self.permit(&operations?, &caller.access, trace)?;
        Ok(Passed::by(*caller))
    }

    /// The operations of a body, if everything else about the request agrees with it.
    fn operations<'m>(
        &self,
        read: &'m Result<Messages<'m>, Denial>,
        mirrored: &Mirrored<'_>,
        trace: &mut Trace,
    ) -> Result<Vec<Operation<'m>>, Denial> {
        if let Ok(Messages { all, .. }) = read {
            trace.id = match all.as_slice() {
                [message] => message.id.clone(),
                _ => None,
            };
        }
        let opens = read.as_ref().is_ok_and(Messages::open_a_session);
        let revision = self.revision(mirrored, opens, trace)?;
        let messages = read.as_ref().map_err(Clone::clone)?;
        if messages.batch && !revision.has_batches() {
            return Err(Denial::BatchNotAllowed);
        }
        for message in &messages.all {
            mirrored.agrees_with(message, revision).map_err(Denial::HeaderMismatch)?;
        }
        Ok(messages.all.iter().map(Operation::of).collect())
    }

    fn revision(&self, mirrored: &Mirrored<'_>, opens: bool, trace: &mut Trace) -> Result<Revision, Denial> {
        let requested = mirrored.version();
        let opened = self.revisions.oldest_with_sessions().filter(|_| opens && requested.is_none());
        let revision = self
            .revisions
            .of(requested)
            .or(opened)
            .ok_or_else(|| Denial::VersionUnsupported { requested: requested.unwrap_or_default().into() })?;
        trace.event.in_revision(revision.name());
        Ok(revision)
    }

    fn pass_public(&self, operations: &[Operation<'_>], trace: &mut Trace) -> Result<Passed, Stop> {
        for operation in operations {
            trace.event.of_operation(operation);
            trace.event.by_rule(self.rules.of(operation)?.0);
        }
        Ok(Passed::public(Forward::Endpoint))
    }

    fn admit(
        &mut self,
        credentials: Credentials<'_>,
        now: UnixSeconds,
        trace: &mut Trace,
    ) -> Result<Box<Caller>, Stop> {
        let token = match credentials {
            Credentials::Absent => return Err(Denial::TokenAbsent.into()),
            Credentials::Malformed => return Err(Denial::AuthorizationMalformed.into()),
            Credentials::Bearer(token) => token,
        };
        let caller = match trace.caller.take().filter(|caller| caller.is_of(token, now)) {
            Some(caller) => caller,
            None => {
                let verdict = self.verify(token, now)?;
                trace.refresh = verdict.refresh;
                Box::new(Caller::new(verdict.result.map_err(Denial::Token)?, verdict.stale, token, now))
            }
        };
        trace.event.for_access(&caller.access, caller.stale);
        Ok(caller)
    }

    /// Every operation of a body must be permitted: one that is denied denies all.
    fn permit(&self, operations: &[Operation<'_>], access: &Access, trace: &mut Trace) -> Result<(), Denial> {
        for operation in operations {
            trace.event.of_operation(operation);
            let (place, needs) = self.rules.of(operation)?;
            trace.event.by_rule(place);
            self.rules.permit(needs, access)?;
        }
        Ok(())
    }

    /// The metadata of the first issuer's authorization server, fetched if need be.
    fn authorization_server(&mut self, now: UnixSeconds) -> Result<String, Stop> {
        let unavailable = |retry_after| Stop::Denied(Denial::KeysUnavailable { retry_after });
        let need = |fetch| Err(Stop::NeedKeys(KeyNeed { source: 0, kid: None, fetch }));
        let Some(provider) = self.issuers.at_mut(0) else { return Err(unavailable(1)) };
        if let Some(document) = provider.source.metadata() {
            return Ok(document.to_owned());
        }
        match provider.source.keys(now) {
            Supply::Fetch => need(true),
            Supply::Wait => need(false),
            Supply::Ready { refresh: true, .. } => need(true),
            Supply::Ready { .. } => Err(unavailable(1)),
            Supply::Unavailable { retry_after } => Err(unavailable(retry_after)),
        }
    }
}

/// What the fields alone say, in a revision in which the origin compares them with the body.
fn operation_by_headers<'m>(mirrored: &'m Mirrored<'m>) -> Result<Vec<Operation<'m>>, Denial> {
    let mismatch = |field| Denial::HeaderMismatch(Mismatch(field));
    let name = mirrored.name().map_err(Denial::HeaderMismatch)?;
    let method = mirrored.method();
    // As long as in a body: rules are compared with them.
    let is_long = |text: Option<&str>| text.is_some_and(|text| text.len() > MAX_OPERATION_NAME_BYTES);
    if is_long(method) {
        return Err(mismatch("Mcp-Method"));
    }
    if is_long(name.as_deref()) {
        return Err(mismatch("Mcp-Name"));
    }
    let missing = || mismatch("Mcp-Name");
    let (name, uri) = match method {
        Some("resources/read") => (None, Some(name.ok_or_else(missing)?)),
        Some(method) if message::NAMED_METHODS.contains(&method) => (Some(name.ok_or_else(missing)?), None),
        _ => (None, None),
    };
    Ok([Operation { method: method.map(Into::into), name, uri }].into())
}

fn public_document(method: &str, document: &str) -> Result<Answer, Denial> {
    match method {
        "GET" => Ok(Answer::public(document.into())),
        "OPTIONS" => Ok(Answer::public_preflight()),
        _ => Err(Denial::MethodNotAllowed { allowed: "GET, OPTIONS" }),
    }
}
