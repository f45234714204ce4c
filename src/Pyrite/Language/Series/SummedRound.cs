using System.Globalization;
using Pyrite.Language.Sites;

namespace Pyrite.Language.Series;

/// <summary>A round of a loop in which discrete variables are summed out: its random variables are sites of their own, <c>name[t]</c>.</summary>
/// <param name="loop">The loop.</param>
/// <param name="number">The number of the round.</param>
/// <param name="count">How many rounds there are.</param>
/// <param name="values">The round's values of the latents that are not summed out, and of data that the body does not give itself.</param>
internal sealed class SummedRound(SeriesLoop loop, int number, int count, IReadOnlyDictionary<SeriesSite, Tensor> values) : Round(loop)
{
    protected override bool Hides => false;

    protected override void Enter(SampleSite site)
    {
        SeriesSite known = Loop.Find(site);
        if (values.TryGetValue(known, out Tensor? value))
        {
            // The site of all rounds has the value; here is its density.
            site.Value = value;
            site.IsObserved = true;
            site.IsTermOfLatent = !known.IsGivenAsData;
        }
        site.Round = new SeriesRound(site.Name, number, count);
        site.Name = string.Create(CultureInfo.InvariantCulture, $"{site.Name}[{number}]");
    }

    protected override void Leave(SampleSite site)
    {
    }
}
