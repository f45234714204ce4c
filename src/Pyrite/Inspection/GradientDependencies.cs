using Pyrite.Language.Sites;

namespace Pyrite.Inspection;

/// <summary>Finds dependencies in the gradient graph: every value becomes a variable as soon as its site has it, so that paths end at the sites in
/// between.</summary>
/// <remarks>Sees through any computation on floating-point numbers, also where its derivative happens to be zero; does not see integers, comparisons
/// and C# branches.</remarks>
internal sealed class GradientDependencies : Handler
{
    private readonly Dictionary<string, Tensor> variables = [];
    private readonly Action<string, string> report;

    private GradientDependencies(Action<string, string> report) => this.report = report;

    /// <summary>Runs a model and reports pairs of names, the used site first.</summary>
    public static void Find(Action model, ReadOnlySpan<Handler> handlers, Trace first, Action<string, string> report) =>
        Trace.Of(model, [new GradientDependencies(report), new SeedHandler(0), .. handlers, new ReplayHandler(first)]);

    protected internal override void After(SampleSite site)
    {
        foreach (DistributionParameter parameter in site.Distribution.Parameters)
        {
            Report(site.Name, parameter.Value);
        }
        try
        {
            // Families with more inside than parameters, such as transforms, show it in the density.
            Report(site.Name, site.Distribution.LogProb(site.Value.Detach()), SiteAxes.EventNamesOf(site)?.FirstAxis is not null);
        }
        catch (ArgumentException)
        {
            // A value that does not suit has no density; the parameters have been looked at.
        }
        if (AsVariable(site.Name, site.Value) is { } variable)
        {
            site.Value = variable;
        }
    }

    protected internal override void After(ParamSite site) => site.Value = AsVariable(site.Name, site.Value) ?? site.Value;

    protected internal override void After(DeterministicSite site)
    {
        Report(site.Name, site.Value, site.EventNames?.FirstAxis is not null);
        site.Value = AsVariable(site.Name, site.Value) ?? site.Value;
    }

    protected internal override void After(ModuleSite site)
    {
        foreach ((string path, Parameter parameter) in site.NamedParameters)
        {
            variables[$"{site.Name}.{path}"] = parameter.Value;
        }
    }

    private Tensor? AsVariable(string name, Tensor value)
    {
        if (!value.DType.IsFloatingPoint || value.Count == 0)
        {
            return null;
        }
        return variables[name] = value.Detach().AsVariable();
    }

    /// <param name="site">The site.</param>
    /// <param name="output">What belongs to it.</param>
    /// <param name="isOfLoop">Whether it is one of several results of a loop, so that only a gradient that is not 0 tells what it depends on.</param>
    private void Report(string site, Tensor output, bool isOfLoop = false)
    {
        if (!output.RequiresGradient || !output.DType.IsFloatingPoint)
        {
            return;
        }
        string[] names = [.. variables.Keys];
        Tensor?[] gradients = Gradient.OrNull(output, [.. variables.Values], Tensor.Ones(output.Shape, output.DType));
        for (int i = 0; i < names.Length; i++)
        {
            if (gradients[i] is { } gradient && !(isOfLoop && gradient.EqualTo(0.0).All()))
            {
                report(names[i], site);
            }
        }
    }
}
