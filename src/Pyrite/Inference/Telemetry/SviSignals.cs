using System.Diagnostics.Metrics;

namespace Pyrite.Inference.Telemetry;

/// <summary>The metrics of variational inference, recorded after each step while somebody listens.</summary>
internal static class SviSignals
{
    private const string Objective = "pyrite.svi.objective";
    private const string Outcome = "pyrite.svi.outcome";

    private static readonly Counter<long> Steps =
        Signals.Meter.CreateCounter<long>("pyrite.svi.steps", "{step}", "Gradient steps taken; their rate is the speed.");

    private static readonly Histogram<double> Durations = Signals.Meter.CreateHistogram(
        "pyrite.svi.step.duration", "s", "Time of a gradient step.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10] });

    private static readonly Gauge<double> Losses =
        Signals.Meter.CreateGauge<double>("pyrite.svi.loss", "{nat}", "Loss of the last step, minus the objective summed over the data present.");

    /// <summary>Whether anybody listens.</summary>
    public static bool IsOn => Steps.Enabled || Durations.Enabled || Losses.Enabled;

    /// <summary>Records a step.</summary>
    /// <param name="objective">The type of the objective.</param>
    /// <param name="loss">The loss; not recorded where it is not finite.</param>
    /// <param name="isSkipped">Whether the step changed nothing because a number was not finite.</param>
    /// <param name="start">When it began.</param>
    public static void Record(string objective, double loss, bool isSkipped, long start)
    {
        KeyValuePair<string, object?> kind = new(Objective, objective);
        Steps.Add(1, kind, new(Outcome, isSkipped ? "skipped" : "applied"));
        Durations.Record(Signals.SecondsSince(start), kind);
        if (double.IsFinite(loss))
        {
            Losses.Record(loss, kind);
        }
    }
}
