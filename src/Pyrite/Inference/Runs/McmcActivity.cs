using System.Diagnostics;
using Pyrite.Inference.Telemetry;

namespace Pyrite.Inference.Runs;

/// <summary>A run of MCMC and its chains as activities, for tracing.</summary>
internal static class McmcActivity
{
    /// <summary>Runs inside of an activity if somebody listens.</summary>
    /// <param name="name">Whether the run begins or goes on.</param>
    /// <param name="run">Compiles the density, finds the starts and runs the chains.</param>
    public static McmcResult Around(string name, Func<Activity?, McmcResult> run)
    {
        using Activity? activity = Signals.Activities.StartActivity(name);
        if (activity is null)
        {
            return run(null);
        }
        try
        {
            McmcResult result = run(activity);
            activity.SetTag("pyrite.mcmc.complete", result.IsComplete);
            return result;
        }
        catch (Exception error)
        {
            Signals.Fail(activity, error);
            throw;
        }
    }

    /// <summary>Says what a run was asked for.</summary>
    public static void Describe(Activity? run, McmcSettings settings) => run?
        .SetTag("pyrite.mcmc.sampler", settings.Sampler.GetType().Name).SetTag("pyrite.seed", (long)settings.Seed)
        .SetTag("pyrite.mcmc.chains", settings.Chains).SetTag("pyrite.mcmc.warmup", settings.Warmup)
        .SetTag("pyrite.mcmc.draws", settings.Draws).SetTag("pyrite.mcmc.thinning", settings.Thinning);

    /// <summary>Begins the activity of a chain, on whatever thread it runs; null where nobody listens.</summary>
    public static Activity? Chain(int chain, ActivityContext run) =>
        Signals.Activities.StartActivity("pyrite.mcmc.chain", ActivityKind.Internal, run)?.SetTag("pyrite.mcmc.chain", chain);

    /// <summary>Notes the end of warm-up.</summary>
    public static void WarmedUp(Activity? chain, in Transition last) => chain?.AddEvent(
        new ActivityEvent("warm-up ended", tags: new ActivityTagsCollection { ["pyrite.mcmc.step_size"] = last.StepSize }));

    /// <summary>Notes where a chain stands at its end.</summary>
    public static void End(Activity? chain, ChainState state, int divergences) => chain?
        .SetTag("pyrite.mcmc.transitions", state.Transitions).SetTag("pyrite.mcmc.divergences", divergences)
        .SetTag("pyrite.mcmc.step_size", state.Last.StepSize);
}
