namespace Pyrite.Tests;

/// <summary>The parameters of all copies: [copies, 1, latents].</summary>
internal sealed record ObjectiveParameters(int Copies, Tensor Loc, Tensor Scale, Tensor Mu)
{
    /// <summary>One latent's, [copies, 1, 1].</summary>
    public Normal Normal(int latent) => new(Loc.Slice(-1, latent, 1), Scale.Slice(-1, latent, 1));

    /// <summary>Those of several latents side by side, [copies, 1, count].</summary>
    public Normal Normals(int first, int count) => new(Loc.Slice(-1, first, count), Scale.Slice(-1, first, count));

    /// <summary>Data for every copy: [copies, …].</summary>
    public Tensor Data(Tensor data) =>
        data.BroadcastTo([Copies, .. Enumerable.Repeat(1, 2 - data.Rank), .. Enumerable.Range(0, data.Rank).Select(axis => data.Shape[axis])]);
}
