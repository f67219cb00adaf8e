//! What clients and the node may call beside what every chain of ours answers: finality.

/// Implements the given interfaces and those of this runtime alone.
macro_rules! implement_apis {
	($($shared:tt)*) => {
		sp_api::impl_runtime_apis! {
			$($shared)*

			impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
				fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
					crate::Grandpa::grandpa_authorities()
				}

				fn current_set_id() -> sp_consensus_grandpa::SetId {
					crate::Grandpa::current_set_id()
				}

				fn submit_report_equivocation_unsigned_extrinsic(
					_equivocation_proof: sp_consensus_grandpa::EquivocationProof<
						crate::Hash,
						sp_runtime::traits::NumberFor<Block>,
					>,
					_key_owner_proof: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
				) -> Option<()> {
					// Validators are a fixed set without stake: there is nothing to slash.
					None
				}

				fn generate_key_ownership_proof(
					_set_id: sp_consensus_grandpa::SetId,
					_authority_id: pallet_grandpa::AuthorityId,
				) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
					None
				}
			}
		}
	};
}
pub(crate) use implement_apis;
