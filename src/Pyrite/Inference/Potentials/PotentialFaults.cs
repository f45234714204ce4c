using System.Globalization;

namespace Pyrite.Inference.Potentials;

/// <summary>What is wrong with a model at a point: its terms, the reason why it has no density there, how its program differs from it.</summary>
internal static class PotentialFaults
{
    /// <summary>The log-densities of all sites at a point, as text.</summary>
    public static string Terms(this PotentialModel model, ReadOnlySpan<double> point)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        using NoGradient.Scope untracked = NoGradient.Begin();
        try
        {
            using ModelRun run = model.Run(ReplayedFunction.Split(point, model.Shapes));
            return string.Join('\n', run.Terms().Select(term =>
                $"  {term.Site.Name}: {Show(term.LogDensity)} ({(term.Site.IsObserved ? "observed" : "latent")}, "
                    + $"support: {term.Site.Distribution.Support.Requirement})"));
        }
        catch (SiteFailure failure)
        {
            return "  " + failure.Message;
        }
    }

    /// <summary>Where and why the model cannot be computed at a point.</summary>
    /// <remarks>Outside of a step scope checks fail at once, so that their place is known.</remarks>
    public static (string Place, string Message) Reason(this PotentialModel model, ReadOnlySpan<double> point)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        using NoGradient.Scope untracked = NoGradient.Begin();
        try
        {
            using ModelRun run = model.Run(ReplayedFunction.Split(point, model.Shapes));
            foreach ((SampleSite site, double value) in run.Terms())
            {
                if (!double.IsFinite(value))
                {
                    run.LogDensity(withJacobian: false);
                    return ($"at site \"{site.Name}\"", $"at site \"{site.Name}\": the log-density is {Show(value)}");
                }
            }
            return ("anywhere", "the sum of the log-densities is not finite");
        }
        catch (SiteFailure failure)
        {
            return (failure.Place, failure.Message);
        }
        catch (ArgumentException refusal)
        {
            return ("in the density", ModelException.WithoutParameter(refusal));
        }
    }

    /// <summary>The error for a program that differs from its model.</summary>
    public static ModelException Mismatch(this PotentialModel model, ReadOnlySpan<double> point, ReplayComparison comparison)
    {
        string? impure = null;
        using Precision.Scope precision = Precision.Use(DType.Float64);
        using StepScope scope = StepScope.Begin();
        using NoGradient.Scope untracked = NoGradient.Begin();
        Tensor[] variables = ReplayedFunction.Split(point, model.Shapes);
        IReadOnlyList<(SampleSite Site, double LogDensity)> first = model.Run(variables).Terms(), second = model.Run(variables).Terms();
        for (int i = 0; i < Math.Min(first.Count, second.Count) && impure is null; i++)
        {
            impure = first[i].Site.Name != second[i].Site.Name || !first[i].LogDensity.Equals(second[i].LogDensity) ? second[i].Site.Name : null;
        }
        return new ModelException(impure ?? first[^1].Site.Name,
            $"the recorded log-density is {Show(comparison.Replayed)}, the model gives {Show(comparison.Computed)} at the same point. For MCMC a "
                + "model must be a pure function of its latent sites: no counters, files, clocks or draws outside of Sample.");
    }

    private static string Show(double value) => value.ToString("G7", CultureInfo.InvariantCulture);
}
