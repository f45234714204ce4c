namespace Pyrite;

/// <summary>Dual averaging: Nesterov's averages of the logarithm of the step size.</summary>
/// <remarks>Hoffman and Gelman, "The No-U-Turn Sampler" (2014), section 3.2, with their constants γ = 0.05, t₀ = 10, κ = 0.75. It remembers five
/// numbers: the point that it shrinks towards, the averaged error, the averaged logarithm, the count and the present step size.</remarks>
public sealed class DualAveraging : StepSizeAdaptation
{
    private const double Gamma = 0.05;
    private const double Offset = 10;
    private const double Kappa = 0.75;

    private const int Center = 0;
    private const int Error = 1;
    private const int LogAverage = 2;
    private const int Count = 3;
    private const int StepSize = 4;

    /// <inheritdoc/>
    public override int StateSize => 5;

    /// <inheritdoc/>
    /// <remarks>Shrinks towards ten times the step size.</remarks>
    public override void Restart(Span<double> state, double stepSize)
    {
        state[Center] = Math.Log(10 * stepSize);
        state[Error] = 0;
        state[LogAverage] = 0;
        state[Count] = 0;
        state[StepSize] = stepSize;
    }

    /// <inheritdoc/>
    public override void Update(Span<double> state, double acceptanceProbability, double target)
    {
        double accepted = double.IsNaN(acceptanceProbability) ? 0 : Math.Min(1, acceptanceProbability);
        double count = ++state[Count];
        double weight = 1 / (count + Offset);
        state[Error] = ((1 - weight) * state[Error]) + (weight * (target - accepted));
        double log = state[Center] - (state[Error] * Math.Sqrt(count) / Gamma);
        double share = Math.Pow(count, -Kappa);
        state[LogAverage] = ((1 - share) * state[LogAverage]) + (share * log);
        state[StepSize] = Math.Exp(log);
    }

    /// <inheritdoc/>
    public override double Current(ReadOnlySpan<double> state) => state[StepSize];

    /// <inheritdoc/>
    /// <remarks>The averaged step size; 1 before the first update.</remarks>
    public override double Settled(ReadOnlySpan<double> state) => Math.Exp(state[LogAverage]);
}
