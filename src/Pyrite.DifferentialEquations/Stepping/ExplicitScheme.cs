namespace Pyrite.Stepping;

/// <summary>Steps of Tsitouras' method of order 5.</summary>
internal sealed class ExplicitScheme(IDynamics dynamics) : Scheme(dynamics, Tsitouras.Stages)
{
    private readonly double[] place = new double[dynamics.Size];

    public override int ErrorOrder => 5;

    protected override bool Try(double t, double h)
    {
        int n = Before.Length;
        for (int stage = 1; stage < Tsitouras.Stages; stage++)
        {
            double[] target = stage == Tsitouras.Stages - 1 ? After : place;
            PlaceOf(stage, h, Before, Stages, target);
            Slope(t + (Tsitouras.Nodes[stage] * h), target, Stages.AsSpan(stage * n, n));
        }
        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            for (int stage = 0; stage < Tsitouras.Stages; stage++)
            {
                sum += Tsitouras.ErrorWeights[stage] * Stages[(stage * n) + i];
            }
            Error[i] = h * sum;
        }
        return true;
    }

    public override void Accept()
    {
        int n = Before.Length;
        After.CopyTo(Before, 0);
        Stages.AsSpan((Tsitouras.Stages - 1) * n, n).CopyTo(Stages);
    }

    public override void Interpolate(double theta, double h, ReadOnlySpan<double> before, ReadOnlySpan<double> after,
        ReadOnlySpan<double> stages, Span<double> y)
    {
        Span<double> weights = stackalloc double[Tsitouras.Stages];
        Tsitouras.Inside(theta, weights);
        int n = before.Length;
        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            for (int stage = 0; stage < Tsitouras.Stages; stage++)
            {
                sum += weights[stage] * stages[(stage * n) + i];
            }
            y[i] = before[i] + (h * sum);
        }
    }

    public override void End(ReadOnlySpan<double> before, ReadOnlySpan<double> stages, double h, Span<double> y) =>
        PlaceOf(Tsitouras.Stages - 1, h, before, stages, y);

    /// <summary>The state at which a stage computes its slope.</summary>
    /// <param name="stage">Which stage, from 0.</param>
    /// <param name="h">The length of the step.</param>
    /// <param name="before">The state before the step.</param>
    /// <param name="stages">The earlier stages.</param>
    /// <param name="y">Takes the state.</param>
    public static void PlaceOf(int stage, double h, ReadOnlySpan<double> before, ReadOnlySpan<double> stages, Span<double> y)
    {
        ReadOnlySpan<double> weights = Tsitouras.Weights[stage];
        int n = before.Length;
        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            for (int j = 0; j < weights.Length; j++)
            {
                sum += weights[j] * stages[(j * n) + i];
            }
            y[i] = before[i] + (h * sum);
        }
    }

    protected override void Begin(double t) => Slope(t, Before, Stages.AsSpan(0, Before.Length));

    protected override void StartSlope(double t, Span<double> slope) => Stages.AsSpan(0, Before.Length).CopyTo(slope);
}
