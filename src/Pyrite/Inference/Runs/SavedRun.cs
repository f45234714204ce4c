using Pyrite.Inference.Samplers;
using Pyrite.Inference.Saving;


namespace Pyrite.Inference.Runs;

/// <summary>A run as it is saved: what was asked for, what the model looked like, and its chains.</summary>
/// <param name="Settings">What was asked for.</param>
/// <param name="LatentCount">How many of the quantities are latent sites; the rest are deterministic.</param>
/// <param name="Quantities">What the model gives.</param>
/// <param name="Chains">All chains, or one of them.</param>
internal sealed record SavedRun(McmcSettings Settings, int LatentCount, IReadOnlyList<PotentialSite> Quantities, IReadOnlyList<ChainSnapshot> Chains)
{
    /// <summary>Whether all transitions have been made.</summary>
    public bool IsComplete => Chains.All(chain => chain.Transitions >= Settings.Transitions);

    /// <summary>The version of the library that wrote it.</summary>
    public string Version { get; init; } = FileVersion.Own;

    /// <summary>Refuses another model.</summary>
    /// <exception cref="InvalidDataException">The sites differ; the message lists them. Or the run was made in another space.</exception>
    public void RequireModel(Potential potential)
    {
        RequireSites(potential);
        int here = potential.Dimension, saved = Chains[0].Numbers.TryGetValue("position", out double[]? position) ? position.Length : here;
        if (saved != here)
        {
            throw new InvalidDataException(
                $"The run cannot be resumed: Pyrite {Version}, which wrote it, drew the sites of this model as {saved} unconstrained numbers; this "
                    + $"is Pyrite {FileVersion.Own}, which draws them as {here}, since angles and directions are points around the origin now. "
                + "Its draws can be read (McmcResult.Load); for more of them begin a new run.");
        }
    }

    private void RequireSites(Potential potential)
    {
        // Version 0.1 described angles as numbers.
        HashSet<string> angles = [.. potential.Sites.Where(site => site.IsCircular).Select(site => site.Name)];
        if (DifferenceTo(potential, angles) is null)
        {
            return;
        }
        // Bounds that depend on other sites are described by their numbers at one point, which need not be the one that the run was described at.
        double[]? point = Chains[0].Numbers.GetValueOrDefault("position");
        if (DifferenceTo(potential,
            point?.Length == potential.Dimension ? angles.Union(potential.VaryingSupports(point)).ToHashSet() : angles) is { } difference)
        {
            throw new InvalidDataException($"The run cannot be resumed: {difference}");
        }
    }

    /// <summary>The same run, to as many draws.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A chain has more already.</exception>
    public SavedRun To(int? draws)
    {
        int least = Math.Max(1, Chains.Max(chain => Settings.RowsAfter(chain.Transitions)));
        if (draws < least)
        {
            throw new ArgumentOutOfRangeException(
                nameof(draws), draws, $"The run has {least} draws per chain already; resume it to as many or more.");
        }
        return this with { Settings = (Settings with { Draws = draws ?? Settings.Draws }).Check() };
    }

    /// <summary>The same run with the sampler that is to go on.</summary>
    /// <param name="sampler">The sampler, whose text must be that of the saved one; null where the saved one is the library's.</param>
    /// <exception cref="InvalidDataException">It is another sampler, or one has to be given.</exception>
    public SavedRun With(Sampler? sampler)
    {
        if (sampler is null)
        {
            return Settings.Sampler is OutsideSampler outside ? throw outside.Missing() : this;
        }
        (string given, string saved) = (SamplerJson.Text(sampler), SamplerJson.Text(Settings.Sampler));
        return given == saved
            ? this with { Settings = Settings with { Sampler = sampler } }
            : throw new InvalidDataException($"The run cannot be resumed: its sampler was {saved}, the one given is {given}. Give the same.");
    }

    private string? DifferenceTo(Potential potential, IReadOnlySet<string> varying) =>
        StateDifference.Find(Look(potential.Quantities, potential.Sites.Count, varying), Look(Quantities, LatentCount, varying));

    private static Dictionary<string, string> Look(IReadOnlyList<PotentialSite> quantities, int latent, IReadOnlySet<string> varying) =>
        quantities.Select((quantity, i) => KeyValuePair.Create(quantity.Name, i >= latent ? $"deterministic {quantity.Shape}{Places(quantity)}"
            : varying.Contains(quantity.Name)
                ? $"latent {quantity.Shape}{Places(quantity)}"
                : $"latent {quantity.Shape}{Places(quantity)}, {quantity.Support}")).ToDictionary();

    private static string Places(PotentialSite quantity) => quantity.Part is { } part ? $" at {string.Join("; ", part.Names)} of {part.Batch}" : "";
}
