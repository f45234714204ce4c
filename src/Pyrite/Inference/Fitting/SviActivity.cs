using System.Diagnostics;
using Pyrite.Inference.Telemetry;

namespace Pyrite.Inference.Fitting;

/// <summary>A run of variational inference as an activity, for tracing.</summary>
internal static class SviActivity
{
    /// <summary>Runs inside of an activity if somebody listens.</summary>
    public static SviResult Around(Elbo objective, ulong seed, int steps, Func<SviResult> run)
    {
        using Activity? activity = Signals.Activities.StartActivity("pyrite.svi.run");
        if (activity is null)
        {
            return run();
        }
        activity.SetTag("pyrite.svi.objective", objective.GetType().Name).SetTag("pyrite.seed", (long)seed)
            .SetTag("pyrite.svi.requested_steps", steps);
        try
        {
            SviResult result = run();
            activity.SetTag("pyrite.svi.steps", result.Losses.Count).SetTag("pyrite.svi.skipped_steps", result.SkippedSteps)
                .SetTag("pyrite.svi.stop_reason", NameOf(result.StopReason));
            if (result.Losses.Count > 0)
            {
                activity.SetTag("pyrite.svi.loss", result.Losses[^1]);
            }
            return result;
        }
        catch (Exception error)
        {
            Signals.Fail(activity, error);
            throw;
        }
    }

    private static string NameOf(SviStopReason reason) => reason switch
    {
        SviStopReason.Plateau => "plateau",
        SviStopReason.Cancelled => "cancelled",
        _ => "completed",
    };
}
