namespace Pyrite.Tests.Enumeration;

/// <summary>The model of each kind of golden case.</summary>
internal static class GoldenModels
{
    /// <summary>Models whose sites are summed out, without a guide.</summary>
    public static readonly IReadOnlyDictionary<string, Action<GoldenCase>> Summed = new Dictionary<string, Action<GoldenCase>>
    {
        ["gaussian_mixture"] = RowModels.GaussianMixture,
        ["event_mixture"] = RowModels.EventMixture,
        ["families"] = RowModels.Families,
        ["experts"] = RowModels.Experts,
        ["semi_supervised"] = RowModels.SemiSupervised,
        ["two_sites"] = RowModels.TwoSites,
        ["global_site"] = RowModels.GlobalSite,
        ["global_and_local"] = RowModels.GlobalAndLocal,
        ["two_plates"] = RowModels.TwoPlates,
        ["topics"] = RowModels.Topics,
        ["annotators"] = RowModels.Annotators,
        ["crossed_plates"] = RowModels.CrossedPlates,
        ["plate_sum"] = RowModels.PlateSum,
        ["subsample"] = RowModels.Subsample,
        ["zero_inflation"] = RowModels.ZeroInflation,
        ["latent_binomial"] = RowModels.LatentBinomial,
        ["n_mixture"] = RowModels.NMixture,
        ["big_plate"] = RowModels.BigPlate,
        ["hmm"] = ChainModels.Hmm,
        ["hmm_zeros"] = ChainModels.Zeros,
        ["hmm_order2"] = ChainModels.Order2,
        ["factorial_hmm"] = ChainModels.Factorial,
        ["hmm_plate"] = ChainModels.Sequences,
        ["big_sequences"] = ChainModels.BigSequences,
        ["change_point"] = ChainModels.ChangePoint,
        ["capture_recapture"] = ChainModels.CaptureRecapture,
        ["big_chain"] = ChainModels.BigChain,
        ["tree"] = GraphModels.Tree,
        ["big_tree"] = GraphModels.BigTree,
        ["diamond"] = GraphModels.Diamond,
        ["branching"] = GraphModels.Branching,
        ["spike_slab"] = GraphModels.SpikeSlab,
        ["ising"] = GraphModels.Ising,
        ["big_ladder"] = GraphModels.BigLadder,
        ["intervention"] = GraphModels.Intervention,
    };
}
