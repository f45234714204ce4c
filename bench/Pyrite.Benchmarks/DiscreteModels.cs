using static Pyrite.Primitives;

namespace Pyrite.Benchmarks;

/// <summary>Models with discrete sites, as a user writes them.</summary>
internal static class DiscreteModels
{
    /// <summary>Components of the mixture.</summary>
    public const int Components = 5;

    /// <summary>Sites of the tree.</summary>
    public const int Nodes = 40;

    private const int Branches = 3;

    /// <summary>A mixture whose rows say which component they belong to.</summary>
    /// <param name="rows">How many rows.</param>
    public static Action Mixture(int rows)
    {
        Tensor data = Data(rows);
        return () =>
        {
            (Tensor weights, Tensor loc, Tensor scale) = Parameters(Components);
            using PlateScope plate = Plate("rows", rows);
            Tensor z = Sample("z", new Categorical(probs: weights));
            Sample("x", new Normal(loc.Take(z), scale), observed: data);
        };
    }

    /// <summary>The same, summed in the distribution.</summary>
    /// <param name="rows">How many rows.</param>
    public static Action MixtureByHand(int rows)
    {
        Tensor data = Data(rows);
        return () =>
        {
            (Tensor weights, Tensor loc, Tensor scale) = Parameters(Components);
            using PlateScope plate = Plate("rows", rows);
            Sample("x", new MixtureSameFamily(new Categorical(probs: weights), new Normal(loc, scale)), observed: data);
        };
    }

    /// <summary>A hidden Markov model with learnt transitions and locations of its outputs.</summary>
    /// <param name="steps">How many steps.</param>
    /// <param name="states">How many states.</param>
    /// <param name="outputs">Observed numbers of a step.</param>
    public static Action HiddenMarkov(int steps, int states, int outputs)
    {
        double[] data = Data(steps * outputs).ToArray<double>();
        Tensor start = Tensor.Zeros([states], DType.Float64);
        return () =>
        {
            Tensor transition = Sample("transition", new Normal(Tensor.Zeros([states, states]), 1).ToEvent(2));
            Tensor loc = Sample("loc", new Normal(Tensor.Zeros([outputs, states]), 3).ToEvent(2));
            Tensor[] locs = [.. Enumerable.Range(0, outputs).Select(output => loc[output])];
            Tensor? z = null;
            for (int t = 0; t < steps; t++)
            {
                z = Sample($"z_{t}", new Categorical(logits: z is null ? start : transition.Take(z)));
                for (int output = 0; output < outputs; output++)
                {
                    Sample($"y_{t}_{output}", new Normal(locs[output].Take(z), 1), observed: data[(t * outputs) + output]);
                }
            }
        };
    }

    /// <summary>The same model with one output, in a loop that says that it is a chain.</summary>
    /// <param name="steps">How many steps.</param>
    /// <param name="states">How many states.</param>
    public static Action HiddenMarkovByMarkov(int steps, int states)
    {
        double[] data = Data(steps).ToArray<double>();
        Tensor start = Tensor.Zeros([states], DType.Float64);
        return () =>
        {
            (Tensor transition, Tensor loc) = Chain(states);
            Tensor? z = null;
            foreach (int t in Markov(0, steps))
            {
                z = Sample($"z_{t}", new Categorical(logits: z is null ? start : transition.Take(z)));
                Sample($"y_{t}", new Normal(loc.Take(z), 1), observed: data[t]);
            }
        };
    }

    /// <summary>The same model with one output, in a loop over time; its first state comes from a row of the transitions.</summary>
    /// <param name="steps">How many steps.</param>
    /// <param name="states">How many states.</param>
    public static Action HiddenMarkovByScan(int steps, int states)
    {
        Tensor data = Data(steps), first = Tensor.Zeros([], DType.Float64);
        return () =>
        {
            (Tensor transition, Tensor loc) = Chain(states);
            Scan.Over("time", first, data, (state, now) =>
            {
                Tensor z = Sample("z", new Categorical(logits: transition.Take(state.To(DType.Int64))));
                Sample("y", new Normal(loc.Take(z), 1), observed: now);
                return (z.To(DType.Float64), now);
            });
        };
    }

    private static (Tensor Transition, Tensor Loc) Chain(int states) => (
        Sample("transition", new Normal(Tensor.Zeros([states, states]), 1).ToEvent(2)),
        Sample("loc", new Normal(Tensor.Zeros([states]), 3).ToEvent(1)));

    /// <summary>The log-density of the same model as one distribution, without its gradient and with it, and a point.</summary>
    /// <param name="steps">How many steps.</param>
    /// <param name="states">How many states.</param>
    public static (ReplayedFunction Value, ReplayedFunction Gradient, double[] Point) HiddenMarkovDensity(int steps, int states)
    {
        Tensor data = Data(steps), start = Tensor.Zeros([states], DType.Float64);
        Shape[] shapes = [Shape.Create(states, states), Shape.Create(states)];
        double[] point = new double[states * (states + 1)];
        RandomKey.FromSeed(6).FillNormal(point);
        return (Recorded(withGradient: false), Recorded(withGradient: true), point);

        ReplayedFunction Recorded(bool withGradient) => ReplayedFunction.TryRecord(
            variables => [new Hmm(start, variables[0], new Normal(variables[1], 1), steps).LogProb(data)], shapes, point, withGradient)!;
    }

    /// <summary>A binary tree of sites with three values, each with an output.</summary>
    /// <param name="nodes">How many sites.</param>
    public static Action Tree(int nodes = Nodes)
    {
        double[] data = Data(nodes).ToArray<double>();
        return () =>
        {
            Tensor transition = Sample("transition", new Normal(Tensor.Zeros([Branches, Branches]), 1).ToEvent(2));
            Tensor loc = Sample("loc", new Normal(Tensor.Zeros([Branches]), 3).ToEvent(1));
            Tensor[] values = new Tensor[nodes];
            for (int node = 0; node < nodes; node++)
            {
                Tensor logits = node == 0 ? Tensor.Zeros([Branches], DType.Float64) : transition.Take(values[(node - 1) / 2]);
                values[node] = Sample($"z_{node}", new Categorical(logits: logits));
                Sample($"y_{node}", new Normal(loc.Take(values[node]), 1), observed: data[node]);
            }
        };
    }

    private static (Tensor Weights, Tensor Loc, Tensor Scale) Parameters(int components) =>
        (Sample("weights", new Dirichlet(Tensor.Full([components], 2.0))), Sample("loc", new Normal(Tensor.Zeros([components]), 3).ToEvent(1)),
            Sample("scale", new HalfNormal(1)));

    private static Tensor Data(int count)
    {
        double[] numbers = new double[count];
        RandomKey.FromSeed(5).FillNormal(numbers);
        for (int i = 0; i < count; i++)
        {
            numbers[i] += 3 * Math.Sin(i / 5);
        }
        return Tensor.From(numbers);
    }
}
