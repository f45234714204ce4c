using System.Globalization;
using System.Runtime.InteropServices;

namespace Pyrite.Inference.Fitting.Sharing;

/// <summary>Joins what the shards of a step give: those of this process as they come, then those of all processes; one tree whatever the number of
/// processes.</summary>
/// <remarks>Kept from step to step. All processes see the same sums, and so come to the same decisions.</remarks>
internal sealed class ShardJoin(Sharding sharding)
{
    private const string Numbers = "loss and flags of a step";

    /// <summary>Hashes are numbers of this many bits, so that sums of them are exact.</summary>
    private const int HashBits = 40;

    private readonly Stack<GradientBlock> spare = new();
    private readonly List<(GradientBlock Block, int Level)> open = [];
    private readonly List<double[]> flags = [.. Enumerable.Range(0, sharding.Here).Select(_ => new double[(int)Flag.Count])];
    private readonly List<List<double>> means = [.. Enumerable.Range(0, sharding.Here).Select(_ => new List<double>())];
    private readonly List<Parameter> parameters = [];
    private string[] names = [];
    private double[] counts = [];
    private double[] joinedMeans = [];
    private ulong ofParameters;
    private double layout;
    private double agreedLayout = -1;
    private bool arePresent;
    private int shard;

    private enum Flag
    {
        Loss,
        Faults,
        FaultPlaces,
        Layout,
        Presence,
        News,
        Count,
    }

    /// <summary>The loss of the step.</summary>
    public double Loss => flags[0][(int)Flag.Loss];

    /// <summary>In how many shards a number is not finite.</summary>
    public double Faults => flags[0][(int)Flag.Faults];

    /// <summary>What all shards say to the averages of baselines.</summary>
    public IReadOnlyList<double> Means => joinedMeans;

    /// <summary>Whether the processes have to compare their parameters in this step.</summary>
    public bool HasNews => flags[0][(int)Flag.News] > 0;

    /// <summary>Whether all shards have met the same parameters, in the same order, and the same baselines.</summary>
    public bool IsAlike => flags[0][(int)Flag.Layout] == layout * sharding.Count;

    /// <summary>A sentence about a fault of another process.</summary>
    public string DistantFault()
    {
        double place = flags[0][(int)Flag.FaultPlaces] - 1;
        return Faults == 1
            ? $"a number of shard {place.ToString(CultureInfo.InvariantCulture)} is not finite, which rank {(int)place / sharding.Here} computes; "
                + $"the loss of all shards is {Loss}."
            : $"numbers of {Faults} shards are not finite; the loss of all shards is {Loss}.";
    }

    /// <summary>Begins a step.</summary>
    public void Begin()
    {
        shard = 0;
        while (open.Count > 0)
        {
            Release();
        }
    }

    /// <summary>The parameters have been given other values: they are compared anew.</summary>
    public void ForgetAgreement() => agreedLayout = -1;

    /// <summary>The processes have found that their parameters are the same; now those that the step has used.</summary>
    /// <exception cref="InvalidOperationException">They have used different ones.</exception>
    public void RequireAlike()
    {
        if (!IsAlike)
        {
            sharding.Group.RequireAlike(
            [
                new("the parameters that a step has used", string.Join(", ", names)),
                new("the shapes, types and baselines of a step", layout.ToString("R", CultureInfo.InvariantCulture)),
            ], "a sharded inference");
        }
        agreedLayout = layout;
    }

    /// <summary>Chooses memory for the gradients of the next shard, before a value of it is read.</summary>
    public void Place(Tensor?[] gradients, Tensor[] variables)
    {
        GradientBlock block = spare.Count > 0 ? spare.Pop() : new GradientBlock();
        open.Add((block, 0));
        block.Place(gradients, variables);
    }

    /// <summary>Takes a shard in.</summary>
    /// <param name="loss">Its weighted loss, which has been read.</param>
    /// <param name="isFaulty">Whether a number of it is not finite.</param>
    /// <param name="gradients">What was placed.</param>
    /// <param name="used">The parameters that it has met.</param>
    /// <param name="store">Knows their names.</param>
    /// <param name="sites">The baselines that it has met.</param>
    /// <returns>Where the shard's means of baselines belong, emptied.</returns>
    public List<double> Add(double loss, bool isFaulty, Tensor?[] gradients, List<Parameter> used, ParamStore store, IEnumerable<string> sites)
    {
        if (counts.Length != gradients.Length)
        {
            counts = new double[gradients.Length];
        }
        if (shard == 0)
        {
            Array.Clear(counts);
        }
        open[^1].Block.Fill();
        UseLayout(used, store, sites);
        ulong presence = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            counts[i] += gradients[i] is null ? 0 : 1;
            presence = Mix(presence, gradients[i] is null ? 0 : 1UL);
        }
        double[] own = flags[shard];
        own[(int)Flag.Loss] = loss;
        own[(int)Flag.Faults] = isFaulty ? 1 : 0;
        own[(int)Flag.FaultPlaces] = isFaulty ? sharding.First + shard + 1 : 0;
        own[(int)Flag.Layout] = layout;
        own[(int)Flag.Presence] = Hash(presence);
        own[(int)Flag.News] = layout == agreedLayout ? 0 : 1;
        for (int other = open.Count - 2; other >= 0 && open[other].Level == open[^1].Level; other--)
        {
            open[other].Block.Add(open[^1].Block);
            open[other] = (open[other].Block, open[other].Level + 1);
            Release();
        }
        List<double> target = means[shard++];
        target.Clear();
        return target;
    }

    /// <summary>Joins losses and flags, of the shards here and of all processes.</summary>
    public void JoinFlags()
    {
        double presence = flags[0][(int)Flag.Presence];
        for (int distance = 1; distance < flags.Count; distance *= 2)
        {
            for (int i = 0; i < flags.Count; i += 2 * distance)
            {
                Add(flags[i], flags[i + distance]);
                Add(CollectionsMarshal.AsSpan(means[i]), CollectionsMarshal.AsSpan(means[i + distance]));
            }
        }
        sharding.Group.Sum(flags[0], Numbers);


        // What differs between shards differs for all who look at the sum, so all go the same way.
        arePresent = flags[0][(int)Flag.Presence] == presence * sharding.Count;
    }

    /// <summary>Joins the gradients of all processes, which have met the same parameters.</summary>
    /// <returns>One for each parameter that any shard has one of; null for others.</returns>
    public Tensor?[] JoinGradients()
    {
        if (!arePresent)
        {
            sharding.Group.Sum(counts, "which parameters have gradients");
        }
        if (joinedMeans.Length != means[0].Count)
        {
            joinedMeans = new double[means[0].Count];
        }
        means[0].CopyTo(joinedMeans);
        if (joinedMeans.Length > 0)
        {
            sharding.Group.Sum(joinedMeans, "means of baselines");
        }
        GradientBlock whole = open[0].Block;
        whole.SumOver(sharding.Group, "gradients");
        Tensor?[] joined = whole.Show();
        for (int i = 0; i < joined.Length; i++)
        {
            joined[i] = counts[i] > 0 ? joined[i] : null;
        }
        return joined;
    }

    private void UseLayout(List<Parameter> used, ParamStore store, IEnumerable<string> sites)
    {
        double before = layout;
        if (!IsLastUsed(used))
        {
            parameters.Clear();
            parameters.AddRange(used);
            ofParameters = 1;
            names = [.. used.Select(store.NameOf)];
            for (int i = 0; i < names.Length; i++)
            {
                ofParameters = Mix(ofParameters, $"{names[i]} {used[i].Value.DType} {used[i].Value.Shape};");
            }
        }
        ulong all = ofParameters;
        foreach (string site in sites)
        {
            all = Mix(all, site);
        }
        layout = Hash(all);
        if (shard > 0 && before != layout)
        {
            throw new ModelException(null,
                $"Shard {sharding.First + shard} of a step has met other parameters or baselines than the shards before it: parameters "
                    + $"{string.Join(", ", names)}. All shards of a step must use the same, whatever their data are.");
        }
    }

    private bool IsLastUsed(List<Parameter> used)
    {
        bool isSame = ofParameters != 0 && used.Count == parameters.Count;
        for (int i = 0; isSame && i < used.Count; i++)
        {
            isSame = ReferenceEquals(used[i], parameters[i]);
        }
        return isSame;
    }

    private void Release()
    {
        spare.Push(open[^1].Block);
        open.RemoveAt(open.Count - 1);
    }

    private static void Add(Span<double> sums, ReadOnlySpan<double> terms)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += terms[i];
        }
    }

    private static ulong Mix(ulong hash, string text)
    {
        foreach (char letter in text)
        {
            hash = Mix(hash, letter);
        }
        return hash;
    }

    private static ulong Mix(ulong hash, ulong next) => (((hash ^ next) + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9) ^ (hash >> 29);

    private static double Hash(ulong mixed) => mixed >> (64 - HashBits);
}
