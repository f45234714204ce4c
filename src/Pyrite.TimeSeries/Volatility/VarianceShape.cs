namespace Pyrite.Volatility;

/// <summary>The sizes of a GARCH recursion, and where its numbers lie: ω, α, γ, β, the first variance where it is given, and the residuals.</summary>
/// <param name="Arch">q, the lags of squared residuals.</param>
/// <param name="Asymmetric">Lags of squares that count only for negative residuals.</param>
/// <param name="Garch">p, the lags of variances.</param>
/// <param name="Steps">Residuals.</param>
/// <param name="HasStart">Whether the first variance is given; else it is the stationary one.</param>
internal readonly record struct VarianceShape(int Arch, int Asymmetric, int Garch, int Steps, bool HasStart)
{
    public int ArchStart => 1;

    public int AsymmetricStart => ArchStart + Arch;

    public int GarchStart => AsymmetricStart + Asymmetric;

    public int Start => GarchStart + Garch;

    public int Data => Start + (HasStart ? 1 : 0);

    public int Length => Data + Steps;
}
