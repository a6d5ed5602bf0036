//! What must not compile: trust that nobody established. Each example stands beside a twin that differs in
//! the forbidden expression alone and does compile, so that none fails for another reason.

/// A token is what [`Token::parse`](crate::Token::parse) has read.
///
/// ```
/// use doorward::{Rejection, Token};
/// fn token(text: &str) -> Result<Token<'_>, Rejection> {
///     Token::parse(text)
/// }
/// ```
///
/// ```compile_fail
/// use doorward::{Rejection, Token};
/// fn token(text: &str) -> Result<Token<'_>, Rejection> {
///     Ok(Token { bytes: 0, signing_input: text, header: vec![], payload: vec![], signature: vec![] })
/// }
/// ```
struct TokenByHand;

/// Verified is what [`verify_signature`](crate::verify_signature) has verified.
///
/// ```
/// use doorward::{Header, KeySet, Policy, Rejection, SigningKey, Token, Verified, verify_signature};
/// fn verified<'a>(text: &'a str, keys: &KeySet, policy: &Policy) -> Result<Verified<'a>, Rejection> {
///     verify_signature(text, keys, policy)
/// }
/// fn again<'a>(token: Token<'a>, header: Header, key: SigningKey) -> Option<Verified<'a>> {
///     None
/// }
/// ```
///
/// ```compile_fail
/// use doorward::{Header, KeySet, Policy, Rejection, SigningKey, Token, Verified, verify_signature};
/// fn verified<'a>(text: &'a str, keys: &KeySet, policy: &Policy) -> Result<Verified<'a>, Rejection> {
///     verify_signature(text, keys, policy)
/// }
/// fn again<'a>(token: Token<'a>, header: Header, key: SigningKey) -> Option<Verified<'a>> {
///     Some(Verified { token, header, key })
/// }
/// ```
struct VerifiedByHand;

/// A policy admits what is verified, not what is merely parsed.
///
/// ```
/// use doorward::{Access, Policy, Rejection, Token, UnixSeconds, Verified};
/// fn admit(policy: &Policy, presented: Verified<'_>, now: UnixSeconds) -> Result<Access, Rejection> {
///     policy.admit(presented, now)
/// }
/// ```
///
/// ```compile_fail
/// use doorward::{Access, Policy, Rejection, Token, UnixSeconds, Verified};
/// fn admit(policy: &Policy, presented: Token<'_>, now: UnixSeconds) -> Result<Access, Rejection> {
///     policy.admit(presented, now)
/// }
/// ```
struct UnverifiedAdmitted;

/// What was verified cannot be altered before it is admitted.
///
/// ```
/// use doorward::{Header, Verified};
/// fn alter(verified: &mut Verified<'_>, header: Header) -> usize {
///     verified.header().json().len() + header.json().len()
/// }
/// ```
///
/// ```compile_fail
/// use doorward::{Header, Verified};
/// fn alter(verified: &mut Verified<'_>, header: Header) -> usize {
///     verified.header = header;
///     verified.header().json().len()
/// }
/// ```
struct VerifiedAltered;

/// Access is what [`Policy::admit`](crate::Policy::admit) has admitted: it has no constructor,
///
/// ```
/// use doorward::{Access, Claims, Header, Profile, Scopes, SigningKey};
/// fn access(header: Header, claims: Claims, key: SigningKey, scopes: Scopes) -> Option<Access> {
///     let _ = (header, claims, key, None::<String>, None::<String>, scopes, Profile::standard());
///     None
/// }
/// ```
///
/// ```compile_fail
/// use doorward::{Access, Claims, Header, Profile, Scopes, SigningKey};
/// fn access(header: Header, claims: Claims, key: SigningKey, scopes: Scopes) -> Option<Access> {
///     Some(Access::new(header, claims, key, None::<String>, None::<String>, scopes, Profile::standard()))
/// }
/// ```
///
/// and its fields are its own.
///
/// ```
/// use doorward::{Access, Scopes};
/// fn more(access: Access, scopes: Scopes) -> Access {
///     let _ = scopes;
///     access
/// }
/// ```
///
/// ```compile_fail
/// use doorward::{Access, Scopes};
/// fn more(access: Access, scopes: Scopes) -> Access {
///     Access { scopes, ..access }
/// }
/// ```
struct AccessByHand;

/// Claims that were only decoded are no access.
///
/// ```
/// use doorward::{Access, Claims, Rejection, decode_unverified};
/// fn claims(text: &str) -> Result<Claims, Rejection> {
///     decode_unverified(text).map(|(_, claims)| claims)
/// }
/// ```
///
/// ```compile_fail
/// use doorward::{Access, Claims, Rejection, decode_unverified};
/// fn claims(text: &str) -> Result<Access, Rejection> {
///     decode_unverified(text).map(|(_, claims)| claims)
/// }
/// ```
struct DecodedIsAccess;

/// A policy says who issued the token and for whom it is. There is no default,
///
/// ```
/// use doorward::{Algorithm, Audience, Issuer, Policy};
/// let policy = Policy::new(Issuer::exactly("https://idp.example.com"), Audience::exactly("mcp"), Algorithm::ALL);
/// ```
///
/// ```compile_fail
/// use doorward::{Algorithm, Audience, Issuer, Policy};
/// let policy = Policy::default();
/// ```
///
/// none without the audience,
///
/// ```compile_fail
/// use doorward::{Algorithm, Audience, Issuer, Policy};
/// let policy = Policy::new(Issuer::exactly("https://idp.example.com"), Algorithm::ALL);
/// ```
///
/// none without the issuer,
///
/// ```compile_fail
/// use doorward::{Algorithm, Audience, Issuer, Policy};
/// let policy = Policy::new(Audience::exactly("mcp"), Algorithm::ALL);
/// ```
///
/// none with the two confused,
///
/// ```compile_fail
/// use doorward::{Algorithm, Audience, Issuer, Policy};
/// let policy = Policy::new(Audience::exactly("mcp"), Issuer::exactly("https://idp.example.com"), Algorithm::ALL);
/// ```
///
/// and none without algorithms.
///
/// ```compile_fail
/// use doorward::{Algorithm, Audience, Issuer, Policy};
/// let policy = Policy::new(Issuer::exactly("https://idp.example.com"), Audience::exactly("mcp"));
/// ```
struct PolicyWithoutExpectations;

/// Nor can a check be taken out of a policy, or left out by a value that is not there.
///
/// ```
/// use doorward::{Audience, Issuer, Policy};
/// fn without(policy: Policy) -> (Policy, Issuer, Audience) {
///     (policy, Issuer::unchecked(), Audience::unchecked())
/// }
/// ```
///
/// ```compile_fail
/// use doorward::{Audience, Issuer, Policy};
/// fn without(policy: Policy) -> (Policy, Issuer, Audience) {
///     (Policy { issuer: Issuer::unchecked(), ..policy }, Issuer::unchecked(), Audience::unchecked())
/// }
/// ```
///
/// ```compile_fail
/// use doorward::{Audience, Issuer, Policy};
/// fn without(policy: Policy) -> (Policy, Issuer, Audience) {
///     (policy, Issuer(None), Audience::unchecked())
/// }
/// ```
///
/// ```compile_fail
/// use doorward::{Audience, Issuer, Policy};
/// fn without(policy: Policy) -> (Policy, Issuer, Audience) {
///     (policy, Issuer::unchecked(), Audience::default())
/// }
/// ```
struct PolicyAltered;
