//! The operations of the API that the screens of *Facturation* use.

use chrono::NaiveDate;
use domain::activity::ServiceKind;
use domain::billing::{DocumentNumber, RevenueOffice, Tariff};
use domain::ids::{FamilyId, RunId};
use domain::wire::{
    ChequeRequest, ContraRequest, DocumentsView, EndSubscriptionRequest, FamilyBillingView,
    FindingsView, PackageRequest, QuotientRequest, ReceiptView, ReceiptsView, ResidenceRequest,
    RunRequest, RunView, RunsView, SubscriptionChanged, TariffsView, UnpaidView,
};

use crate::api::{ApiError, Method, Session, json};

impl Session {
    /// The latest invoice runs.
    pub(super) async fn invoice_runs(self) -> Result<RunsView, ApiError> {
        self.call(Method::Get, "/guichet/invoice-runs", None).await
    }

    /// How far a run has come.
    pub(super) async fn invoice_run(self, run: RunId) -> Result<RunView, ApiError> {
        self.call(Method::Get, &format!("/guichet/invoice-runs/{run}"), None).await
    }

    /// The one that goes on, where one of its kind does.
    pub(super) async fn start_run(self, wish: RunRequest) -> Result<RunView, ApiError> {
        self.call(Method::Post, "/guichet/invoice-runs", json(&wish)).await
    }

    /// A page of what a run found, by the cursor of the page before.
    pub(super) async fn findings(
        self,
        run: RunId,
        after: Option<String>,
    ) -> Result<FindingsView, ApiError> {
        let path = format!("/guichet/invoice-runs/{run}/findings{}", after_query(after));
        self.call(Method::Get, &path, None).await
    }

    /// A page of invoices of which something is due, by the cursor of the page before.
    pub(super) async fn unpaid(self, after: Option<String>) -> Result<UnpaidView, ApiError> {
        let path = format!("/guichet/unpaid-invoices{}", after_query(after));
        self.call(Method::Get, &path, None).await
    }

    /// How a family is billed, and its latest papers.
    pub(super) async fn family_billing(
        self,
        family: FamilyId,
    ) -> Result<FamilyBillingView, ApiError> {
        self.call(Method::Get, &format!("/guichet/families/{family}/billing"), None).await
    }

    /// A page of a family's older papers, by the cursor of the page before.
    pub(super) async fn family_documents(
        self,
        family: FamilyId,
        before: &str,
    ) -> Result<DocumentsView, ApiError> {
        let path = format!("/guichet/families/{family}/invoices?before={before}");
        self.call(Method::Get, &path, None).await
    }

    pub(super) async fn set_quotient(
        self,
        family: FamilyId,
        wish: &QuotientRequest,
    ) -> Result<FamilyBillingView, ApiError> {
        let path = format!("/guichet/families/{family}/quotients");
        self.call(Method::Put, &path, json(wish)).await
    }

    /// Takes back the quotient that holds from a day.
    pub(super) async fn remove_quotient(
        self,
        family: FamilyId,
        from: NaiveDate,
    ) -> Result<FamilyBillingView, ApiError> {
        let path = format!("/guichet/families/{family}/quotients/{from}");
        self.call(Method::Delete, &path, None).await
    }

    pub(super) async fn set_residence(
        self,
        family: FamilyId,
        wish: &ResidenceRequest,
    ) -> Result<FamilyBillingView, ApiError> {
        let path = format!("/guichet/families/{family}/residence");
        self.call(Method::Put, &path, json(wish)).await
    }

    /// Ends a service, or one TAP activity.
    pub(super) async fn end_subscription(
        self,
        wish: &EndSubscriptionRequest,
    ) -> Result<SubscriptionChanged, ApiError> {
        self.call(Method::Post, "/guichet/subscriptions/end", json(wish)).await
    }

    pub(super) async fn set_package(
        self,
        wish: &PackageRequest,
    ) -> Result<SubscriptionChanged, ApiError> {
        self.call(Method::Put, "/guichet/subscriptions/package", json(wish)).await
    }

    /// Enters a cheque, once for a key.
    pub(super) async fn enter_cheque(
        self,
        invoice: DocumentNumber,
        wish: &ChequeRequest,
        key: &str,
    ) -> Result<ReceiptView, ApiError> {
        let path = format!("/guichet/invoices/{invoice}/cheques");
        self.call_once(&path, json(wish).as_deref(), key).await
    }

    /// A page of the journal, by the cursor of the page before.
    pub(super) async fn receipts(self, before: Option<String>) -> Result<ReceiptsView, ApiError> {
        let path = before.map_or_else(
            || "/guichet/receipts".to_owned(),
            |before| format!("/guichet/receipts?before={before}"),
        );
        self.call(Method::Get, &path, None).await
    }

    /// Takes a receipt back: the contra entry.
    pub(super) async fn take_back_receipt(
        self,
        receipt: DocumentNumber,
        wish: &ContraRequest,
    ) -> Result<ReceiptView, ApiError> {
        let path = format!("/guichet/receipts/{receipt}/contra");
        self.call(Method::Post, &path, json(wish)).await
    }

    pub(super) async fn tariffs(self) -> Result<TariffsView, ApiError> {
        self.call(Method::Get, "/guichet/tariffs", None).await
    }

    pub(super) async fn set_tariff(self, tariff: &Tariff) -> Result<TariffsView, ApiError> {
        self.call(Method::Put, "/guichet/tariffs", json(tariff)).await
    }

    /// Takes back a tariff to come.
    pub(super) async fn remove_tariff(
        self,
        service: ServiceKind,
        from: NaiveDate,
    ) -> Result<TariffsView, ApiError> {
        let path = format!("/guichet/tariffs/{}/{from}", service.as_str());
        self.call(Method::Delete, &path, None).await
    }

    pub(super) async fn revenue_office(self) -> Result<RevenueOffice, ApiError> {
        self.call(Method::Get, "/guichet/revenue-office", None).await
    }

    pub(super) async fn set_revenue_office(
        self,
        office: &RevenueOffice,
    ) -> Result<RevenueOffice, ApiError> {
        self.call(Method::Put, "/guichet/revenue-office", json(office)).await
    }
}

fn after_query(after: Option<String>) -> String {
    after.map_or_else(String::new, |after| {
        format!("?after={}", String::from(js_sys::encode_uri_component(&after)))
    })
}
