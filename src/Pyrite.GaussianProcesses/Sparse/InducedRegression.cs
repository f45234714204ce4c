using Pyrite.Checks;
using Pyrite.Processes;

namespace Pyrite.Sparse;

/// <summary>What sparse regressions share: A = L⁻¹ Kuf with Kuu = L Lᵀ, and the numbers along the observations.</summary>
internal sealed class InducedRegression
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    private readonly Kernel kernel;
    private readonly MeanFunction mean;
    private readonly InducingPoints inducing;
    private readonly Tensor projected;
    private readonly Tensor residual;

    public InducedRegression(string owner, Kernel kernel, Tensor x, Tensor y, Tensor inducing, Tensor noiseVariance, MeanFunction? mean,
        double jitter)
    {
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(noiseVariance);
        ArgumentNullException.ThrowIfNull(inducing);
        ProcessParts parts = ProcessParts.Of(kernel, x, noiseVariance, mean);
        int n = parts.Rows.Shape[^2];
        if (y.Rank < 1 || y.Shape[^1] != n)
        {
            throw new ArgumentException($"{owner}: {n} observations are needed, one for each row of x; found shape {y.Shape}.", nameof(y));
        }
        if (Places.Of(inducing).Shape[^2] > n)
        {
            throw new ArgumentException(
                $"{owner}: {Places.Of(inducing).Shape[^2]} inducing points were given for {n} observations; there must not be more of them. Take "
                    + $"fewer, or "
                    + $"an exact "
                    + "GaussianProcess.", nameof(inducing));
        }
        ParameterCheck.RequirePositive(owner, "noiseVariance", noiseVariance);
        (this.kernel, this.mean) = (kernel, parts.MeanFunction);
        this.inducing = InducingPoints.Of(owner, kernel, inducing, jitter);
        projected = this.inducing.Whiten(kernel.CrossOf(this.inducing.Rows, parts.Rows));
        residual = y.To(DType.Float64) - parts.Mean;
        PriorVariance = parts.Diagonal;
        ExplainedVariance = projected.Square().Sum(-2);
        Tensor noise = parts.Noise ?? noiseVariance;
        Noise = noise.BroadcastTo(Shape.Broadcast(noise.Shape, [n]));
    }

    /// <summary>The variances of the process at the observations, [.., n].</summary>
    public Tensor PriorVariance { get; }

    /// <summary>The diagonal of Q, [.., n].</summary>
    public Tensor ExplainedVariance { get; }

    /// <summary>The noise, [.., n].</summary>
    public Tensor Noise { get; }

    /// <summary>The regression log N(y; mean, Aᵀ A + diag(d)) by B = I + A diag(d)⁻¹ Aᵀ.</summary>
    public SparseSolution Solve(Tensor d)
    {
        Tensor weighted = projected / d.Unsqueeze(-2);
        Tensor inner = (Tensor.Identity(inducing.Count, DType.Float64) + weighted.MatMul(projected.Transpose())).CholeskyFactor();
        Tensor solved = inner.SolveLower(weighted.MatMul(residual.Unsqueeze(-1)).Squeeze(-1));
        Tensor distance = (residual.Square() / d).Sum(-1) - solved.Square().Sum(-1);
        Tensor density = (-0.5 * (distance + d.Log().Sum(-1) + (LogTwoPi * residual.Shape[^1]))) - inner.Diagonal().Log().Sum(-1);
        return new SparseSolution(density, kernel, mean, inducing, inner, solved);
    }
}
