namespace Pyrite.Language.Sites;

/// <summary>Names the site behind a check that failed when the numbers of a step were there, long after its statement.</summary>
internal static class RefusedCheck
{
    /// <summary>The error of the site whose distribution, or a transform of it, refused, or null where no site of the trace has it.</summary>
    public static ModelException? Explain(ArgumentException failure, Trace trace)
    {
        if (ParameterRefusals.RefuserOf(failure) is not { } refusing)
        {
            return null;
        }
        foreach (Site site in trace.SiteList)
        {
            if (site is SampleSite sample && sample.Distribution.IsMadeFrom(refusing))
            {
                return IsParameter(refusing, failure.ParamName)
                    ? new ModelException(ModelError.ParameterOutsideConstraint, site.Name,
                        $"its distribution has an impossible parameter. {ModelException.WithoutParameter(failure)} Keep it inside, for example with "
                            + "a constraint on the Param or a Softplus after a network.", failure).With(trace.ShapeTable)
                    : sample.Refusal(failure);
            }
        }
        return null;
    }

    private static bool IsParameter(IParameterOwner owner, string? name)
    {
        foreach (DistributionParameter parameter in owner.Parameters)
        {
            if (parameter.Name == name)
            {
                return true;
            }
        }
        return false;
    }
}
