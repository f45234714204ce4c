using System.Diagnostics.Metrics;

namespace Pyrite.Inference.Telemetry;

/// <summary>The metrics of one chain, recorded after each transition while somebody listens.</summary>
internal sealed class ChainSignals(int chain)
{
    private static readonly Counter<long> Transitions =
        Signals.Meter.CreateCounter<long>("pyrite.mcmc.transitions", "{transition}", "Transitions made; their rate is the speed.");

    private static readonly Counter<long> Draws = Signals.Meter.CreateCounter<long>("pyrite.mcmc.draws", "{draw}", "Draws kept.");

    private static readonly Counter<long> Divergences =
        Signals.Meter.CreateCounter<long>("pyrite.mcmc.divergences", "{transition}", "Divergent transitions after warm-up.");

    private static readonly Gauge<double> StepSizes =
        Signals.Meter.CreateGauge<double>("pyrite.mcmc.step_size", "1", "Step size of the last transition.");

    private static readonly Histogram<double> Acceptances = Signals.Meter.CreateHistogram(
        "pyrite.mcmc.acceptance", "1", "Acceptance probability, averaged over the trajectory of a transition.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99] });

    private static readonly Histogram<int> LeapfrogSteps = Signals.Meter.CreateHistogram(
        "pyrite.mcmc.leapfrog_steps", "{step}", "Gradients, or densities, computed in a transition.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 3, 7, 15, 31, 63, 127, 255, 511, 1023] });

    private static readonly KeyValuePair<string, object?> Warmup = new("pyrite.mcmc.phase", "warmup");
    private static readonly KeyValuePair<string, object?> Sampling = new("pyrite.mcmc.phase", "sampling");

    // The number is boxed once.
    private readonly KeyValuePair<string, object?> which = new("pyrite.mcmc.chain", chain);

    /// <summary>Whether anybody listens.</summary>
    public static bool IsOn => Transitions.Enabled || Draws.Enabled || Divergences.Enabled || StepSizes.Enabled || Acceptances.Enabled
        || LeapfrogSteps.Enabled;

    /// <summary>Records a transition.</summary>
    /// <param name="transition">What it reported; numbers that a sampler does not have are not finite, and not recorded.</param>
    /// <param name="isWarmup">Whether it belongs to warm-up.</param>
    /// <param name="isKept">Whether a draw was kept after it.</param>
    public void Record(in Transition transition, bool isWarmup, bool isKept)
    {
        KeyValuePair<string, object?> phase = isWarmup ? Warmup : Sampling;
        Transitions.Add(1, which, phase);
        LeapfrogSteps.Record(transition.LeapfrogSteps, which, phase);
        if (double.IsFinite(transition.AcceptanceProbability))
        {
            Acceptances.Record(transition.AcceptanceProbability, which, phase);
        }
        if (double.IsFinite(transition.StepSize))
        {
            StepSizes.Record(transition.StepSize, which);
        }
        if (isKept)
        {
            Draws.Add(1, which);
        }
        if (transition.IsDivergent && !isWarmup)
        {
            Divergences.Add(1, which);
        }
    }
}
