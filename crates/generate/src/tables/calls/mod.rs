//! The API calls: which service, which action, what is asked and what is answered.

mod compute;
mod data;
mod grants;
mod identity;
mod operations;
mod security;
mod services;
mod shared;
mod storage;

/// One API call, as templates of what it writes.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) service: &'static str,
    pub(crate) action: &'static str,
    pub(crate) read_only: bool,
    /// A data event, such as the reading of one object.
    pub(crate) is_data: bool,
    /// How often the call is drawn, in parts of its table's sum.
    pub(crate) weight: u32,
    /// The service that calls on its own behalf, as `invokedBy` names it; mostly empty.
    pub(crate) by: &'static str,
    pub(crate) request: &'static str,
    pub(crate) response: &'static str,
    pub(crate) additional: &'static str,
    pub(crate) resources: &'static str,
    /// A failure that only this call has: code and message.
    pub(crate) failure: Option<(&'static str, &'static str)>,
}

/// A call that looks.
const fn read(service: &'static str, action: &'static str, weight: u32) -> Call {
    Call {
        service,
        action,
        read_only: true,
        is_data: false,
        weight,
        by: "",
        request: "",
        response: "",
        additional: "",
        resources: "",
        failure: None,
    }
}

/// A call that changes something.
const fn write(service: &'static str, action: &'static str, weight: u32) -> Call {
    Call { read_only: false, ..read(service, action, weight) }
}

impl Call {
    const fn request(self, request: &'static str) -> Self {
        Self { request, ..self }
    }

    const fn response(self, response: &'static str) -> Self {
        Self { response, ..self }
    }

    const fn additional(self, additional: &'static str) -> Self {
        Self { additional, ..self }
    }

    const fn resources(self, resources: &'static str) -> Self {
        Self { resources, ..self }
    }

    const fn fails(self, code: &'static str, message: &'static str) -> Self {
        Self { failure: Some((code, message)), ..self }
    }

    const fn data(self) -> Self {
        Self { is_data: true, ..self }
    }

    const fn by(self, by: &'static str) -> Self {
        Self { by, ..self }
    }
}

/// What callers with an identity of their own call.
pub(crate) const CALLS: &[&[Call]] = &[
    compute::CALLS,
    data::CALLS,
    identity::CALLS,
    operations::CALLS,
    security::CALLS,
    storage::CALLS,
];

pub(crate) use grants::CALLS as GRANTS;
pub(crate) use services::CALLS as SERVICE_CALLS;
pub(crate) use shared::CALLS as SHARED_CALLS;
