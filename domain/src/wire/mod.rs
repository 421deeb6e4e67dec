//! The JSON types that the server and its clients share.

mod auth;
mod billing;
mod calendar;
mod changes;
mod desk;
mod family;
mod feed;
mod guichet;
mod history;
mod month;
mod receipts;
mod reminders;
mod runs;
mod seats;
mod subscribing;
mod type_week;
mod week;

pub use auth::{
    Client, LoginRequest, Me, NewPasswordRequest, PasswordLink, PasswordLinkRequest,
    PasswordLinkView, PasswordRequest, RefreshRequest, Role, TokenResponse,
};
pub use billing::{
    BalanceView, BilledChildView, CareCertificate, CreditView, DocumentKind, DocumentSummary,
    DocumentView, DocumentsView, LineView, PeriodView, SetOffView,
};
pub use calendar::{CalendarView, TermsView};
pub use changes::{Change, ChangeResult, ChangesMode, ChangesRequest, ChangesView};
pub use desk::{
    EndSubscriptionRequest, FamilyBillingView, PackageRequest, QuotientRequest, ResidenceRequest,
    SubscriptionChanged, TariffKey, TariffsView, UnpaidView,
};
pub use family::{ChildView, FamilyView};
pub use feed::CalendarFeedView;
pub use guichet::{
    AddActivityRequest, BusCheckChild, BusCheckView, CapacityRequest, Contact, FoundChildren,
    GuichetAct, GuichetActsView, GuichetChange, GuichetChildWeek, GuichetDay, GuichetWeekView,
    GuichetWhat, Inscribed, SessionDetail, SessionView,
};
pub use history::{ChangeOrigin, HistoryEntry, HistoryView, HistoryWhat};
pub use month::{MonthDay, MonthView, MonthWeek};
pub use receipts::{
    CarePaid, CarePaidView, ChequeRequest, ContraRequest, ReceiptView, ReceiptsView,
};
pub use reminders::RemindersView;
pub use runs::{
    AttendanceRequest, FamilyFindings, FindingsView, NamedChild, RunPeriod, RunRequest, RunView,
    RunsView,
};
pub use seats::SessionSeats;
pub use subscribing::{
    ConfirmationRequest, ConfirmationView, CreditMade, FullSession, OfferedActivity,
    SubscriptionDraft, SubscriptionForm, SubscriptionsView,
};
pub use type_week::{FullDay, TypeWeekChange, TypeWeekItem, TypeWeekRequest, TypeWeekView};
pub use week::{ActivityView, CellView, DayView, WeekTerm, WeekView};
