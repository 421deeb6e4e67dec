//! The operations of the API that the subscriptions use.

use domain::wire::{
    ConfirmationRequest, ConfirmationView, SubscriptionDraft, SubscriptionForm, SubscriptionsView,
};

use crate::api::{ApiError, Method, Session, json};
use crate::route::Form;

impl Session {
    pub(super) async fn subscriptions(self) -> Result<SubscriptionsView, ApiError> {
        self.call(Method::Get, "/family/subscriptions", None).await
    }

    pub(super) async fn subscription_form(self, form: Form) -> Result<SubscriptionForm, ApiError> {
        self.call(Method::Get, &path(form, "subscription-form"), None).await
    }

    /// The answer has the next version. Where the page is being left, nobody may hear it.
    pub(super) async fn save_draft(
        self,
        form: Form,
        draft: &SubscriptionDraft,
        is_leaving: bool,
    ) -> Result<SubscriptionDraft, ApiError> {
        let (path, body) = (path(form, "subscription-draft"), json(draft));
        if is_leaving {
            self.call_leaving(Method::Put, &path, body.as_deref()).await
        } else {
            self.call(Method::Put, &path, body).await
        }
    }

    /// Can be repeated with the same key.
    pub(super) async fn confirm(
        self,
        form: Form,
        request: &ConfirmationRequest,
        key: &str,
    ) -> Result<ConfirmationView, ApiError> {
        self.call_once(&path(form, "confirmation"), json(request).as_deref(), key).await
    }
}

fn path(Form { family, term }: Form, what: &str) -> String {
    format!("/families/{family}/terms/{term}/{what}")
}
