namespace Pyrite.Inference.Samplers.Metrics;

/// <summary>A metric without correlations.</summary>
internal sealed class DiagonalMetric : Metric
{
    private readonly double[] roots;

    public DiagonalMetric(double[] variances)
        : base(variances.Length)
    {
        Diagonal = variances;
        roots = Array.ConvertAll(variances, variance => variance > 0 && double.IsFinite(variance)
            ? 1 / Math.Sqrt(variance)
            : throw new ArgumentException($"The variances of a metric are positive and finite; found {variance}.", nameof(variances)));
    }

    /// <summary>The variances as an array.</summary>
    public new double[] Diagonal { get; }

    public override IReadOnlyList<double> Variances => Diagonal;

    public override void Velocity(ReadOnlySpan<double> momentum, Span<double> velocity)
    {
        for (int i = 0; i < Diagonal.Length; i++)
        {
            velocity[i] = Diagonal[i] * momentum[i];
        }
    }

    public override void DrawMomentum(RandomKey key, Span<double> momentum)
    {
        key.FillNormal(momentum);
        for (int i = 0; i < roots.Length; i++)
        {
            momentum[i] *= roots[i];
        }
    }

    internal override void Write(StateNumbers numbers) => numbers.Set(VariancesName, (double[])Diagonal.Clone());
}
