//! What surrounds a call in a transaction, and how offchain workers make transactions.

use super::order;
use crate::{surround, Nonce, Runtime, RuntimeCall, Signature, SignedPayload, System, UncheckedExtrinsic};
use codec::Encode;
use frame_system::offchain::{AppCrypto, CreateBare, CreateSignedTransaction, CreateTransactionBase, SigningTypes};
use sp_runtime::{
	generic::Era,
	traits::{StaticLookup, Verify},
};

impl SigningTypes for Runtime {
	type Public = <Signature as Verify>::Signer;
	type Signature = Signature;
}

impl<LocalCall> CreateTransactionBase<LocalCall> for Runtime
where
	RuntimeCall: From<LocalCall>,
{
	type Extrinsic = UncheckedExtrinsic;
	type RuntimeCall = RuntimeCall;
}

impl<LocalCall> CreateSignedTransaction<LocalCall> for Runtime
where
	RuntimeCall: From<LocalCall>,
{
	fn create_signed_transaction<C: AppCrypto<Self::Public, Self::Signature>>(
		call: RuntimeCall,
		public: Self::Public,
		account: Self::AccountId,
		nonce: Self::Nonce,
	) -> Option<UncheckedExtrinsic> {
		// The era starts at the parent: the hash of the block that the worker runs after is not in its state yet.
		let birth = u64::from(System::block_number().saturating_sub(1));
		let checks = checks(
			Era::mortal(pallet_feeder::MORTALITY, birth),
			nonce,
			order::ChargeInOrder::tip(0),
		);
		let payload = SignedPayload::new(call, surround(checks))
			.inspect_err(|error| log::error!(target: "runtime::offchain", "a payload was not made: {error:?}"))
			.ok()?;
		let signature = payload.using_encoded(|bytes| C::sign(bytes, public))?;
		let (call, extension, _) = payload.deconstruct();
		let address = <Runtime as frame_system::Config>::Lookup::unlookup(account);
		Some(UncheckedExtrinsic::new_signed(call, address, signature, extension))
	}
}

impl<LocalCall> CreateBare<LocalCall> for Runtime
where
	RuntimeCall: From<LocalCall>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}

/// What is checked of every signed transaction, and how it pays, in the order that clients know. Each runtime surrounds it
/// with what gives unused weight back.
pub type Checks = (
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	order::ChargeInOrder,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
);

/// The checks of a call that is signed for `nonce`, valid for `era`, and pays as `fee` says.
pub fn checks(era: Era, nonce: Nonce, fee: order::ChargeInOrder) -> Checks {
	(
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(era),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		fee,
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
	)
}
