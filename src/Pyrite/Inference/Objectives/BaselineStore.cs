using Pyrite.Language.Sites;


namespace Pyrite.Inference.Objectives;

/// <summary>What the baselines of an inference have learnt, and what a step adds to it once it is accepted.</summary>
internal sealed class BaselineStore(ParamStore parameters)
{
    private readonly SortedDictionary<string, DecayingAverage> averages = new(StringComparer.Ordinal);
    private readonly List<(string Site, double Decay, Tensor Mean)> news = [];
    private readonly List<ModuleSite> networks = [];

    /// <summary>From which the weights of networks are drawn.</summary>
    public ulong Seed { get; set; }

    /// <summary>The networks that the step has used.</summary>
    public IReadOnlyList<ModuleSite> Networks => networks;

    /// <summary>The averages by site.</summary>
    public IReadOnlyDictionary<string, DecayingAverage> Averages => averages;

    /// <summary>Forgets the step before.</summary>
    public void Begin()
    {
        news.Clear();
        networks.Clear();
    }

    /// <summary>Replaces all averages.</summary>
    public void Restore(IEnumerable<KeyValuePair<string, DecayingAverage>> saved)
    {
        averages.Clear();
        foreach ((string site, DecayingAverage average) in saved)
        {
            averages.Add(site, average);
        }
    }

    /// <summary>A site's cost less its baseline.</summary>
    /// <param name="site">The site.</param>
    /// <param name="baseline">Its baseline.</param>
    /// <param name="cost">One number for each entry of its plates, without gradients.</param>
    /// <param name="loss">The network's loss, if there is a network.</param>
    public Tensor Reduce(SampleSite site, Baseline baseline, Tensor cost, out Tensor? loss)
    {
        Tensor rest = cost;
        loss = null;
        if (baseline.Value is { } value)
        {
            rest -= Fitting(site, value.Detach(), cost);
        }
        if (baseline.Decay is { } decay)
        {
            // The average of what the other parts leave over, so that parts add up.
            news.Add((site.Name, decay, rest.Mean()));
            rest -= averages.TryGetValue(site.Name, out DecayingAverage average) ? average.Mean : 0;
        }
        if (baseline.Network is { } network)
        {
            if (baseline.Input is not { } input)
            {
                throw new ModelException(ModelError.BaselineUnsuitable, site.Name, "its baseline has a network without an input. Set Input, too.");
            }
            ModuleSite adopted = new($"baseline.{site.Name}", network);
            parameters.Adopt(adopted, Seed);
            networks.Add(adopted);
            Tensor prediction = Fitting(site, network.Forward(input.Detach()), cost);
            loss = (rest - prediction).Square().Sum();
            rest -= prediction.Detach();
        }
        return rest;
    }

    /// <summary>The sites whose averages the step adds to, in their order.</summary>
    public IEnumerable<string> NewSites => news.Select(one => one.Site);

    /// <summary>Adds what the step says about each of <see cref="NewSites"/>, times a weight, to a list.</summary>
    public void AddMeans(List<double> means, double weight)
    {
        foreach ((string _, double _, Tensor mean) in news)
        {
            means.Add(mean.Item() * weight);
        }
    }

    /// <summary>Takes the step into the averages.</summary>
    /// <param name="joined">What all shards of the step say about <see cref="NewSites"/>; null for a step that is one run.</param>
    public void Commit(IReadOnlyList<double>? joined = null)
    {
        for (int i = 0; i < news.Count; i++)
        {
            (string site, double decay, Tensor mean) = news[i];
            averages[site] = averages.GetValueOrDefault(site).With(joined is null ? mean.Item() : joined[i], decay);
        }
        news.Clear();
    }

    private static Tensor Fitting(SampleSite site, Tensor prediction, Tensor cost)
    {
        // A network's last axis of size 1 is no axis of the plates.
        Tensor baseline = prediction.Count == 1 && prediction.Rank > 0 ? prediction.Reshape(Shape.Scalar) : prediction;
        return PlateShape.TryBroadcast(baseline.Shape, cost.Shape) == cost.Shape
            ? baseline
            : throw new ModelException(ModelError.BaselineUnsuitable, site.Name,
                $"its baseline predicts a tensor of shape {baseline.Shape}, which does not broadcast to the shape {cost.Shape} of its cost. Reshape "
                    + $"it to {PlateShape.Describe(site.Plates)}.");
    }
}
