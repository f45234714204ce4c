namespace Pyrite.Stepping;

/// <summary>Steps of the Rosenbrock method Rodas5P.</summary>
internal sealed class RosenbrockScheme : Scheme
{
    private readonly double[] place;
    private readonly double[] jacobian;
    private readonly double[] timeSlope;
    private readonly LuFactors factors;
    private bool hasJacobian;

    public RosenbrockScheme(IDynamics dynamics)
        : base(dynamics, Rosenbrock.Stages)
    {
        int n = dynamics.Size;
        (place, jacobian, timeSlope, factors) = (new double[n], new double[n * n], new double[n], new LuFactors(n));
    }

    public override int ErrorOrder => 5;

    protected override bool Try(double t, double h)
    {
        int n = Before.Length;
        if (!hasJacobian)
        {
            Jacobians++;
            Dynamics.Jacobian(t, Before, jacobian, timeSlope);
            hasJacobian = true;
        }
        if (!factors.Factorize(1 / (Rosenbrock.Gamma * h), jacobian, Units))
        {
            return false;
        }
        for (int stage = 0; stage < Rosenbrock.Stages; stage++)
        {
            Span<double> next = Stages.AsSpan(stage * n, n);
            PlaceOf(stage, Before, Stages, place);
            Slope(t + (Rosenbrock.Nodes[stage] * h), place, next);
            ReadOnlySpan<double> couplings = Rosenbrock.Couplings[stage];
            for (int i = 0; i < n; i++)
            {
                double sum = 0;
                for (int j = 0; j < couplings.Length; j++)
                {
                    sum += couplings[j] * Stages[(j * n) + i];
                }
                next[i] += (sum / h) + (Rosenbrock.TimeWeights[stage] * h * timeSlope[i]);
            }
            factors.Solve(next);
        }
        PlaceOf(Rosenbrock.Stages, Before, Stages, After);
        Stages.AsSpan((Rosenbrock.Stages - 1) * n, n).CopyTo(Error);
        return true;
    }

    public override void Accept()
    {
        After.CopyTo(Before, 0);
        hasJacobian = false;
    }

    public override void Interpolate(double theta, double h, ReadOnlySpan<double> before, ReadOnlySpan<double> after,
        ReadOnlySpan<double> stages, Span<double> y)
    {
        Span<double> weights = stackalloc double[Rosenbrock.Stages];
        Rosenbrock.Inside(theta, weights);
        int n = before.Length;
        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            for (int stage = 0; stage < Rosenbrock.Stages; stage++)
            {
                sum += weights[stage] * stages[(stage * n) + i];
            }
            y[i] = ((1 - theta) * before[i]) + (theta * after[i]) + sum;
        }
    }

    public override void End(ReadOnlySpan<double> before, ReadOnlySpan<double> stages, double h, Span<double> y) =>
        PlaceOf(Rosenbrock.Stages, before, stages, y);

    /// <summary>The state at which a stage computes its slope; of the stage after the last one, the state behind the step.</summary>
    public static void PlaceOf(int stage, ReadOnlySpan<double> before, ReadOnlySpan<double> stages, Span<double> y)
    {
        ReadOnlySpan<double> weights = Rosenbrock.Weights[stage];
        int n = before.Length;
        for (int i = 0; i < n; i++)
        {
            double sum = before[i];
            for (int j = 0; j < weights.Length; j++)
            {
                sum += weights[j] * stages[(j * n) + i];
            }
            y[i] = sum;
        }
    }

    protected override void Begin(double t)
    {
        hasJacobian = false;
        factors.Restart();
    }

    protected override void StartSlope(double t, Span<double> slope) => Slope(t, Before, slope);
}
