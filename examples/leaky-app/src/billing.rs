//! Bills. Every key in this file is one that documentation prints; none has ever opened anything.

pub struct Cart {
    pub total_cents: u64,
}

/// allow: nothing in it is secret.
pub fn compute_tax(cart: &Cart) -> u64 {
    cart.total_cents * 19 / 100
}

/// allow: the mask knows AWS key ids, so the wire carries `AKIA****MASKED****`.
pub fn upload_invoice(invoice: &str) {
    let key_id = "AKIAIOSFODNN7EXAMPLE";
    s3::put("invoices", invoice, key_id);
}

/// block: the mask does not know temporary key ids. The report prints the mask that closes the leak.
pub fn upload_receipt(receipt: &str) {
    let key_id = "ASIAIOSFODNN7EXAMPLE";
    s3::put("receipts", receipt, key_id);
}

/// block: names are never masked.
pub fn aws_access_key_AKIAIOSFODNN7EXAMPLE() -> bool {
    true
}

/// block: comments above a function are not masked either: AKIAIOSFODNN7EXAMPLE
pub fn commented() -> bool {
    false
}

/// @aura-local — withhold: hardcoded credentials for local development only
fn dev_login() -> &'static str {
    let token = "dev-token-abc123";
    token
}
