using System.Globalization;
using Pyrite.Inference.Enumeration;

namespace Pyrite.Inference.Fitting;

/// <summary>Discrete sites that an objective draws, although a sum over their values would be cheap and exact.</summary>
internal static class SummableSites
{
    /// <summary>Sums of so many multiply-adds take about as long as a thousand operations of a step.</summary>
    private const double Cheap = 1 << 20;

    private const int Shown = 4;

    /// <summary>What is to be said of them; null for nothing.</summary>
    /// <param name="run">A run of model and guide that draws discrete sites.</param>
    /// <param name="model">The model with the data of the run.</param>
    public static string? NoteOf(ElboRun run, Action model)
    {
        string[] drawn = [.. run.Guide.SampleSites.Where(IsDrawn).Concat(run.Model.SampleSites.Where(site => site.IsFromPrior && IsDrawn(site)))
            .Select(site => site.Name).Distinct()];
        if (drawn.Length == 0 || PlanOf(model) is not { } plan || plan.Operations > Cheap
            || !drawn.All(name => plan.Sites.Any(site => site.Name == name)))
        {
            return null;
        }
        string names = string.Join(", ", drawn.Take(Shown).Select(name => $"\"{name}\"")) + (drawn.Length > Shown ? ", …" : "");
        return string.Create(CultureInfo.InvariantCulture,
            $"Discrete sites are drawn in every step ({names}), so that gradients are noisy; the sum over all their values is exact and takes ")
            + string.Create(CultureInfo.InvariantCulture, $"{plan.Operations:N0} multiply-adds: take new EnumerationElbo(). Give a site that is ")
            + "meant to be drawn options: Enumerate.Never.";
    }

    private static bool IsDrawn(SampleSite site) =>
        !site.IsObserved && !site.IsAuxiliary && site.PartMask is null && site.Distribution is { IsDiscrete: true, HasReparameterizedSample: false }
        && EnumerationChoice.Of(site) != EnumerationKind.Never;

    /// <summary>How the sites would be summed out; null where they cannot be.</summary>
    private static EnumerationPlan? PlanOf(Action model)
    {
        try
        {
            return Inspect.Enumeration(model);
        }
        catch (Exception failure) when (failure is ModelException or ArgumentException or InvalidOperationException or ArithmeticException)
        {
            // The fit itself went well: what a run of the model alone may miss is no concern of its user's.
            return null;
        }
    }
}
