using Pyrite.Language.Plates;
using Pyrite.Language.Sites;

namespace Pyrite.Language.Series;

/// <summary>What the body of a loop makes of its inputs alone: data, and which entries of latents are there.</summary>
/// <param name="loop">The loop.</param>
/// <param name="carry">The state before the first round.</param>
/// <param name="inputs">Arrays [T, ..].</param>
/// <param name="rounds">T.</param>
/// <param name="plates">The plates around the loop.</param>
internal sealed class SeriesData(SeriesLoop loop, Tensor[] carry, Tensor[] inputs, int rounds, PlateHandler[] plates)
{
    /// <summary>Whether the data and the mask of a site have to be computed from the inputs.</summary>
    public static (bool Data, bool Mask) Wants(SeriesSite site) =>
        (site.IsObserved && !site.IsFactor && site.DataInput is null, !site.IsObserved && site.HasMask && site.FlagsInput is null);

    /// <summary>Finds the data of all rounds, and which entries of latents are there.</summary>
    public void Collect(IReadOnlyList<SeriesSite> sites)
    {
        Queue<Tensor> computed = [];
        if (sites.Any(site => Wants(site) is { Data: true } or { Mask: true }))
        {
            using StepCheck.Suspension unchecked0 = StepCheck.Suspend();
            Tensor[] all = loop.Scanned([Tensor.Zeros(Shape.Scalar, DType.Float64)], inputs, (none, slices) =>
            {
                CollectingRound round = new(loop);
                loop.Call(round, carry, slices);
                return (none, [.. round.Collected.Select(one => one.To(DType.Float64))]);
            }).Outputs;
            computed = new Queue<Tensor>(all);
        }
        foreach (SeriesSite site in sites.Where(site => !site.IsFactor))
        {
            (bool data, bool mask) = Wants(site);
            if (site.IsObserved)
            {
                Tensor slices = data ? computed.Dequeue() : inputs[site.DataInput!.Value];
                site.Data = SeriesAxes.Fill(slices, site.Batch + site.Event)
                    ?? throw loop.Values.WrongShape(site, slices.Shape[1..], site.Batch + site.Event);
            }
            else if (site.HasMask)
            {
                site.Part = PartOf(site, mask ? computed.Dequeue() : inputs[site.FlagsInput!.Value.Input], mask || site.FlagsInput!.Value.IsThere);
            }
        }
    }

    /// <summary>Which entries of a masked latent are there: those that the mask leaves out are no latents.</summary>
    private BatchPart? PartOf(SeriesSite site, Tensor flags, bool areThere)
    {
        Tensor filled = SeriesAxes.Fill(flags, site.Batch) ?? throw loop.Values.WrongShape(site, flags.Shape[1..], site.Batch);
        bool[] counts = Array.ConvertAll(filled.To(DType.Float64).ToArray<double>(), flag => flag > 0 == areThere);
        int[] places = [.. Enumerable.Range(0, counts.Length).Where(i => counts[i])];
        if (places.Length == counts.Length)
        {
            return null;
        }
        PlateFrame[] frames = [.. plates.Select(plate => plate.Frame), .. site.Frames];
        if (Array.Find(frames, plate => plate.SubsampleSize != plate.Size) is { Name: not null } one)
        {
            throw new ModelException(ModelError.ObservationMask, site.Name,
                $"some entries of it are masked or observed, and plate \"{one.Name}\" around it is subsampled, so that each run has other latents. "
                    + "Look at the whole plate, or leave the missing data out: observe them under a MaskHandler inside the body.");
        }
        return new BatchPart(Shape.Create([rounds]) + site.Batch, places);
    }
}
