using System.Globalization;

namespace Pyrite.Inference.Potentials;

/// <summary>What runs tell about their speed.</summary>
internal static class SpeedNotes
{
    private const int NamesInNote = 4;

    /// <summary>A value is read that depends on a latent site.</summary>
    /// <param name="readingLine">Where.</param>
    public static string Slow(string readingLine) =>
        $"The model reads a value that depends on a latent site, at {readingLine}, so it is run anew for every gradient, which is right but 5 to 100 "
            + "times slower than its recorded program. "
            + "Write the choice with tensors, for example Tensor.Where(year < tau, early, late), instead of Item(), ToArray or a comparison in C#.";

    /// <summary>Small operations have no compiled form.</summary>
    /// <param name="unit">What is slow: a gradient, a step.</param>
    /// <param name="share">Their share of the time.</param>
    /// <param name="names">Their names.</param>
    public static string Kernels(string unit, double share, IReadOnlyList<string> names) =>
        string.Create(CultureInfo.InvariantCulture,
            $"An estimated {100 * share:0} % of every {unit} go into calls of small operations that have no compiled form: "
                + $"{string.Join(", ", names.Take(NamesInNote))}{(names.Count > NamesInNote ? "…" : "")}. ")
            + "The numbers are right; whole vectors in the place of many slices and stacks are faster. Inspect.Plan shows what runs how.";
}
