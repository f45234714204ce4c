using Pyrite.Inference.Prediction;
using Pyrite.Language.Sites;

namespace Pyrite.Inference.Validation;

/// <summary>Leaves some observations of a site out, as if they had not been made.</summary>
/// <param name="held">Which ones.</param>
internal sealed class HeldOutHandler(HeldOut held) : Handler
{
    private readonly List<string> others = [];
    private bool isFound;

    /// <summary>Says that the site is not there.</summary>
    /// <exception cref="ModelException">It is not.</exception>
    public void RequireFound()
    {
        if (!isFound)
        {
            throw new ModelException(held.Name, "the model observes no site of this name, so none of its observations can be left out. It observes "
                + $"{(others.Count == 0 ? "nothing" : string.Join(", ", others.Select(name => $"\"{name}\"")))}.");
        }
    }

    /// <inheritdoc/>
    protected internal override void Before(SampleSite site)
    {
        if (!site.IsObserved || site.Distribution is Unit)
        {
            return;
        }
        if (site.Name != held.Name)
        {
            others.Add(site.Name);
            return;
        }
        isFound = true;
        site.ExpandToPlates();
        Tensor stays = held.Mask ??= MaskOf(site).Keep();
        site.Mask = site.Mask is null ? stays : site.Mask & stays;
    }

    private Tensor MaskOf(SampleSite site)
    {
        Shape batch = site.Distribution.BatchShape;
        BatchPart? part = PredictiveRuns.Counted(site) is { } mask ? BatchPart.Of(mask, batch) : null;
        bool[] flags = new bool[checked((int)batch.Count)];
        int count = part?.Count ?? flags.Length;
        if (count != held.Of)
        {
            throw new ModelException(site.Name, $"it has {count} observations, one for each entry of its batch shape {batch} that counts; folds or "
                + $"accuracy are of {held.Of}. Open a plate over the rows, and give the folds or the accuracy of this site.");
        }
        Array.Fill(flags, true);
        foreach (int one in held.Observations)
        {
            flags[part?.Places[one] ?? one] = false;
        }
        return Tensor.From(flags, batch);
    }
}
