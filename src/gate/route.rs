//! What is at which path. Every other path is denied, whatever it would be if it were normalized.

use alloc::{format, string::String, vec::Vec};

use super::{metadata::Metadata, resource::Resource};

/// What is at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// The MCP endpoint.
    Endpoint,
    /// A document of the gate's own, public.
    Document(String),
    /// The metadata of the authorization server, repeated for clients of 2025-03-26.
    AuthorizationServer,
    /// A document of the origin's, public.
    Public(Forward),
}

/// Where at the origin a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forward {
    /// To the MCP endpoint.
    Endpoint,
    /// To the server card beside it.
    ServerCard,
    /// To the catalog of the host.
    Catalog,
}

impl Forward {
    /// "endpoint", "server-card" or "catalog".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Endpoint => "endpoint",
            Self::ServerCard => "server-card",
            Self::Catalog => "catalog",
        }
    }
}

/// The paths, compared as they stand.
#[derive(Clone, Debug)]
pub(crate) struct Routes(Vec<(String, Route)>);

impl Routes {
    pub(crate) fn new(resource: &Resource, metadata: &Metadata) -> Self {
        let document = Route::Document(metadata.document(resource));
        Self([(resource.path().into(), Route::Endpoint), (resource.metadata_path(), document)].into())
    }

    /// Answers for the whole host, too, where a client looks that does not know the path.
    pub(crate) fn with_root(mut self, resource: &Resource, metadata: &Metadata) -> Self {
        let root = resource.root();
        if root.metadata_path() != resource.metadata_path() {
            self.0.push((root.metadata_path(), Route::Document(metadata.document(&root))));
        }
        self
    }

    /// 2025-03-26, "Server Metadata Discovery": at the root of the MCP server's host.
    pub(crate) fn with_authorization_server(mut self) -> Self {
        self.0.push(("/.well-known/oauth-authorization-server".into(), Route::AuthorizationServer));
        self
    }

    /// The card of the server and the catalog of its host, which are read before a token is got.
    pub(crate) fn with_server_card(mut self, resource: &Resource) -> Self {
        let path = resource.path();
        let card = format!("{}/server-card", path.strip_suffix('/').unwrap_or(path));
        self.0.push((card, Route::Public(Forward::ServerCard)));
        self.0.push(("/.well-known/ai-catalog.json".into(), Route::Public(Forward::Catalog)));
        self
    }

    pub(crate) fn of(&self, path: &str) -> Option<&Route> {
        self.0.iter().find(|(known, _)| known == path).map(|(_, route)| route)
    }
}
