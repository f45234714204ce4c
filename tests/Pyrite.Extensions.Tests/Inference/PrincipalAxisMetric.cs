namespace Pyrite.Extensions.Inference;

/// <summary>M⁻¹ = diag(d) + u uᵀ: variances, and one direction in which the posterior is long.</summary>
internal sealed class PrincipalAxisMetric : Metric
{
    private readonly double[] diagonal;
    private readonly double[] axis;
    private readonly double spread;

    public PrincipalAxisMetric(double[] diagonal, double[] axis)
        : base(diagonal.Length)
    {
        (this.diagonal, this.axis) = (diagonal, axis);
        Variances = [.. diagonal.Zip(axis, (d, u) => d + (u * u))];
        spread = 1 + axis.Zip(diagonal, (u, d) => u * u / d).Sum();
    }

    public override IReadOnlyList<double> Variances { get; }

    public override void Velocity(ReadOnlySpan<double> momentum, Span<double> velocity)
    {
        double along = 0;
        for (int i = 0; i < axis.Length; i++)
        {
            along += axis[i] * momentum[i];
        }
        for (int i = 0; i < axis.Length; i++)
        {
            velocity[i] = (diagonal[i] * momentum[i]) + (axis[i] * along);
        }
    }

    /// <summary>w = √d z + u z₀ has covariance M⁻¹, so M w has covariance M; M by Sherman and Morrison's formula.</summary>
    public override void DrawMomentum(RandomKey key, Span<double> momentum)
    {
        Span<double> one = stackalloc double[1];
        key.Child("axis").FillNormal(one);
        key.Child("rest").FillNormal(momentum);
        double along = 0;
        for (int i = 0; i < axis.Length; i++)
        {
            momentum[i] = ((Math.Sqrt(diagonal[i]) * momentum[i]) + (axis[i] * one[0])) / diagonal[i];
            along += axis[i] * momentum[i];
        }
        for (int i = 0; i < axis.Length; i++)
        {
            momentum[i] -= axis[i] / diagonal[i] * along / spread;
        }
    }
}
