//! How offchain workers make transactions.

use crate::{order, Runtime, RuntimeCall, Signature, SignedPayload, System, TxExtension, UncheckedExtrinsic};
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
		let payload = SignedPayload::new(call, extension(Era::mortal(pallet_feeder::MORTALITY, birth), nonce))
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

/// What surrounds a call that is signed for `nonce`, valid for `era`, without a tip.
pub fn extension(era: Era, nonce: crate::Nonce) -> TxExtension {
	(
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(era),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		order::ChargeInOrder::tip(0),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}
