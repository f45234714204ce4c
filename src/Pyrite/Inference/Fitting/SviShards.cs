using System.Globalization;
using System.Runtime.CompilerServices;
using Pyrite.Inference.Fitting;
using Pyrite.Inference.Fitting.Sharing;
using Pyrite.Inference.Parameters;
using Pyrite.Language.Sites;

namespace Pyrite;

/// <summary>Steps that are cut into shards.</summary>
/// <remarks>Their overloads come after those for whole data, so that a model without data is still given null.</remarks>
public sealed partial class Svi<T>
{
    private ShardJoin? join;
    private SteadyBuffers? buffers;

    /// <summary>One gradient step on data that are cut into shards, of which each process has its own.</summary>
    /// <param name="shards">The data of the shards here: from <c>loader.For(svi.Sharding)</c>, or <see cref="Sharding.Cut(Tensor)"/>.</param>
    /// <returns>The loss of the whole step, the same on all processes.</returns>
    /// <remarks>Where everything random lies in one full plate, that of the rows, the losses of the shards add up. Where a plate has the size of the
    /// whole data and the rows are its subsample, each shard estimates the loss of the whole, and counts by its share of the rows; latents outside of
    /// the plate count once. Other models are refused, as it is not known what belongs to the rows.</remarks>
    /// <exception cref="ArgumentException">The data were cut otherwise than <see cref="Sharding"/> says.</exception>
    /// <exception cref="InvalidOperationException">The inference has no <see cref="Sharding"/>, or the processes do not begin alike.</exception>
    /// <exception cref="ModelException">As in steps that are one run; or it is not known what belongs to the rows.</exception>
    [OverloadResolutionPriority(-1)]
    public double Step(Sharded<T> shards)
    {
        RequireSharding(shards);
        return StepOn(default!, shards);
    }

    /// <summary>The loss without changing anything, on data that are cut into shards; each call draws afresh.</summary>
    /// <param name="shards">The data of the shards here.</param>
    /// <returns>The loss of all shards, joined as in a step; the same on all processes.</returns>
    /// <exception cref="ArgumentException">The data were cut otherwise than <see cref="Sharding"/> says.</exception>
    /// <exception cref="InvalidOperationException">The inference has no <see cref="Sharding"/>.</exception>
    /// <exception cref="ModelException">Model or guide is wrong.</exception>
    [OverloadResolutionPriority(-1)]
    public double Evaluate(Sharded<T> shards)
    {
        Sharding sharding = RequireSharding(shards);
        TakeUp(shards[0]);
        using ThreadClaim.Scope own = claim.Enter(nameof(Evaluate), runsModel: true);
        RandomKey key = evaluationKey.Child(EvaluationCount++);
        double[] losses = new double[sharding.Here];
        for (int i = 0; i < losses.Length; i++)
        {
            using StepScope scope = StepScope.Begin();
            using NoGradient.Scope untracked = NoGradient.Begin();
            ElboStep step = MakeShard(sharding, key, default!, shards, i);
            losses[i] = Objective.Evaluate(step).Loss.Item() * WeightOf(step, sharding, shards, i);
        }
        for (int distance = 1; distance < losses.Length; distance *= 2)
        {
            for (int i = 0; i < losses.Length; i += 2 * distance)
            {
                losses[i] += losses[i + distance];
            }
        }
        sharding.Group.Sum(losses.AsSpan(0, 1), "the loss of an evaluation");
        return losses[0];
    }

    private double LearnShards(Sharding sharding, T data, Sharded<T>? shards)
    {
        join ??= new ShardJoin(sharding);
        join.Begin();
        buffers ??= new SteadyBuffers(sharding.Count);
        RandomKey key = stepKey.Child(StepCount);
        string? fault = null;
        for (int i = 0; i < sharding.Here; i++)
        {
            using StepScope scope = StepScope.Begin();
            buffers.Remember(Parameters);
            fault = FindGradients(join, MakeShard(sharding, key, data, shards, i), shards, i) ?? fault;
            if (sharding.Count > 1)
            {
                buffers.RequireUnchanged();
            }
        }
        StepCount++;
        using StepScope whole = StepScope.Begin();
        join.JoinFlags();
        if (join.HasNews || !join.IsAlike)
        {
            SharedStart.RequireAlike(sharding, Settings(), Parameters);
            join.RequireAlike();
        }
        if (join.Faults > 0)
        {
            Skip(fault ?? join.DistantFault());
            return join.Loss;
        }
        Tensor?[] joined = join.JoinGradients();
        string? late = double.IsFinite(join.Loss) ? NonFiniteReport.FirstBadGradient(Parameters, used, joined) : "the sum of the losses overflowed.";
        if (late is not null)
        {
            Skip(late + (skippedInARow == 0 ? runs.FirstBadOperation(runs.Step, used) : ""));
            return join.Loss;
        }
        Update(new FoundGradients(runs.Step, join.Loss, joined, Updates.Clip(joined), null), join.Means);
        return join.Loss;
    }

    /// <summary>What must be alike on all processes besides the parameters.</summary>
    private KeyValuePair<string, string>[] Settings()
    {
        static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
        return
        [
            new("the seed", Seed.ToString(CultureInfo.InvariantCulture)),
            new("the number of steps taken", Text(StepCount)),
            new("the objective", $"{Objective.GetType().Name} of {Text(Objective.Particles)} particles"),
            new("the largest norm of gradients", MaxGradientNorm?.ToString("R", CultureInfo.InvariantCulture) ?? "not limited"),
            new("the optimizers", string.Join(" and ", Updates.Optimizers.Select(one => one is null ? "none" : one.GetType().Name))),
        ];
    }

    /// <summary>Loss and gradients of one shard; gives back what is wrong with its numbers.</summary>
    private string? FindGradients(ShardJoin target, ElboStep step, Sharded<T>? shards, int index)
    {
        ElboTerm term = Objective.Evaluate(step);
        Parameters.RequireClaimed();
        CollectParameters(step);
        RequireParameters();
        double weight = WeightOf(step, Sharding!, shards, index);
        Tensor?[] found = Gradients(weight == 1 ? term.Surrogate : term.Surrogate * weight);
        target.Place(found, variables);
        double loss = term.Loss.Item();
        LookAtPrograms();
        string? fault = double.IsFinite(loss) ? null : $"in shard {Sharding!.First + index} {NonFiniteReport.Describe(loss, step.Runs)}";
        List<double> means = target.Add(loss * weight, fault is not null, found, used, Parameters, runs.Baselines.NewSites);
        runs.Baselines.AddMeans(means, ShareOf(Sharding!, shards, index));
        return fault is null || skippedInARow > 0 ? fault : fault + runs.FirstBadOperation(step, used);
    }

    /// <summary>Runs model and guide for a shard. Where all shards have the same data, they share the plates' subsamples.</summary>
    private ElboStep MakeShard(Sharding sharding, RandomKey key, T data, Sharded<T>? shards, int index)
    {
        RandomKey own = key.Child("shard").Child(sharding.First + index);
        return shards is null
            ? runs.Make(data, own, key.Child("plates"), new PlatePart(sharding.First + index, sharding.Count), Objective.Particles, StepCount)
            : runs.Make(shards[index], own, Objective.Particles, StepCount);
    }

    private double WeightOf(ElboStep step, Sharding sharding, Sharded<T>? shards, int index)
    {
        if (Objective.SumsDiscreteSites && sharding.Count > 1)
        {
            ShardWeight.RequireNothingShared(step.Runs, sharding.Count);
        }
        return shards is null ? ShareOf(sharding, shards, index) : ShardWeight.OfRows(step.Runs, ShareOf(sharding, shards, index), sharding.Count);
    }

    private static double ShareOf(Sharding sharding, Sharded<T>? shards, int index) =>
        shards is null ? 1.0 / sharding.Count : (double)shards.RowsOf(index) / shards.Rows;

    private Sharding RequireSharding(Sharded<T> shards)
    {
        ArgumentNullException.ThrowIfNull(shards);
        Sharding own = Sharding ?? throw new InvalidOperationException(
            "Data that are cut into shards were given to an inference that does not cut its steps. Set Sharding: new Svi<T>(…) { Sharding = "
                + "Shards.Of(8) }.");
        return own.Count == shards.Sharding.Count && own.First == shards.Sharding.First && own.Here == shards.Sharding.Here
            ? own
            : throw new ArgumentException(
                $"The inference computes shards {own.First} to {own.First + own.Here - 1} of {own.Count} here; the data are of shards "
                    + $"{shards.Sharding.First} to {shards.Sharding.First + shards.Sharding.Here - 1} of {shards.Sharding.Count}. Cut them by the "
                    + "Sharding of the inference.", nameof(shards));
    }
}
