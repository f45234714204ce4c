namespace Pyrite.Inference.Fitting;

/// <summary>Finds and names the first number that is not finite.</summary>
internal static class NonFiniteReport
{
    /// <summary>A sentence about the first bad site of a step, guide before model.</summary>
    public static string Describe(double loss, IReadOnlyList<ElboRun> runs)
    {
        foreach ((string role, Trace trace) in runs.SelectMany(run => new[] { ("guide", run.Guide), ("model", run.Model) }))
        {
            foreach (SampleSite site in trace.SampleSites)
            {
                if (!site.Value.AllFinite())
                {
                    return $"the loss is {loss}; the first bad number is the value of site \"{site.Name}\" in the {role}.";
                }
                if (!site.LogProb().AllFinite())
                {
                    return $"the loss is {loss}; the first bad number is the log-probability of site \"{site.Name}\" in "
                        + $"the {role} ({site.Distribution.GetType().Name}).";
                }
            }
        }
        return $"the loss is {loss}, although every site is finite: a sum overflowed.";
    }

    /// <summary>A sentence about the first gradient that is not finite, or null.</summary>
    public static string? FirstBadGradient(ParamStore store, List<Parameter> parameters, Tensor?[] gradients)
    {
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is { } gradient && !gradient.AllFinite())
            {
                return $"the gradient of parameter \"{store.NameOf(parameters[i])}\" is not finite.";
            }
        }
        return null;
    }
}
