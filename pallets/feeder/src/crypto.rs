//! The operators' signing keys: sr25519, filed in the node's keystore under the key type `feed`.

use frame_system::offchain::AppCrypto;
use sp_core::{crypto::KeyTypeId, sr25519};
use sp_runtime::{MultiSignature, MultiSigner};

/// The keystore's key type of an operator's key.
pub const KEY_TYPE: KeyTypeId = KeyTypeId(*b"feed");

#[allow(missing_docs)]
mod app {
	use sp_runtime::app_crypto::{app_crypto, sr25519};
	app_crypto!(sr25519, super::KEY_TYPE);
}

/// An operator's public key.
pub type OperatorId = app::Public;

/// The crypto of operators' keys, for [`Config::AuthorityId`](crate::Config::AuthorityId) of a runtime whose
/// signatures are [`MultiSignature`].
pub struct AuthId;

impl AppCrypto<MultiSigner, MultiSignature> for AuthId {
	type RuntimeAppPublic = app::Public;
	type GenericPublic = sr25519::Public;
	type GenericSignature = sr25519::Signature;
}
