namespace Pyrite.Extensions.Inference;

/// <summary>Raises the likelihood of some observed sites to a power, and remembers which.</summary>
internal sealed class TemperHandler(double power, params string[] names) : Handler
{
    private readonly List<string> met = [];

    /// <summary>The sites of the last run that were tempered, in order.</summary>
    public IReadOnlyList<string> Met => met;

    protected override void Begin() => met.Clear();

    protected override void Before(SampleSite site)
    {
        if (site.IsObserved && (names.Length == 0 || names.Contains(site.Name)))
        {
            site.Scale *= power;
            met.Add(site.Name);
        }
    }

    protected override void CheckNames()
    {
        if (names.Except(met).FirstOrDefault() is { } missing)
        {
            throw new InvalidOperationException($"TemperHandler names site \"{missing}\", which is not observed in the model.");
        }
    }
}
