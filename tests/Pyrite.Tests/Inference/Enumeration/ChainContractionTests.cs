using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.Tests.Enumeration;

/// <summary>Chains that are written step by step: summed out as one operation, with value and gradient of the forward algorithm.</summary>
public sealed class ChainContractionTests
{
    private const int Steps = 24;
    private const int States = 3;
    private const int Sequences = 4;

    private static readonly Tensor Data = (RandomKey.FromSeed(1).Normal([Steps], DType.Float64) * 1.5).Keep();
    private static readonly Tensor Rows = (RandomKey.FromSeed(2).Normal([Steps, Sequences], DType.Float64) * 1.5).Keep();
    private static readonly Tensor Start = Tensor.From([0.2, -0.4, 0.1]);
    private static readonly Tensor Shifts = (RandomKey.FromSeed(3).Normal([Steps], DType.Float64) * 0.5).Keep();

    /// <summary>Models by name: with their states, and with the sum over them by hand.</summary>
    private static readonly Dictionary<string, (Action Stated, Action ByHand)> Models = new()
    {
        ["one output a step"] = (() => Loop(Latents(), t => true), () => ByHand(Latents(), t => true)),
        ["steps without an output"] = (() => Loop(Latents(), t => t % 5 != 2), () => ByHand(Latents(), t => t % 5 != 2)),
        ["outputs that differ by step"] = (() => Shifted(Latents(), drives: false), () => ShiftedByHand(Latents(), drives: false)),
        ["transitions that differ by step"] = (() => Shifted(Latents(), drives: true), () => ShiftedByHand(Latents(), drives: true)),
        ["chances with zeros"] = (Zeros, ZerosByHand),
        ["a plate of sequences"] = (() => Plated(null), () => PlatedByHand(null)),
        ["sequences that end early"] = (() => Plated(Lengths), () => PlatedByHand(Lengths)),
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    private static Tensor Lengths(int t) => Tensor.From([24L, 20, 7, 13]) > t;

    [Theory, MemberData(nameof(Names))]
    public void Value_and_gradient_are_those_of_the_forward_algorithm(string name)
    {
        Potential stated = Potential.Of(Models[name].Stated), byHand = Potential.Of(Models[name].ByHand);
        double[] point = new double[stated.Dimension], found = new double[point.Length], expected = new double[point.Length];
        for (ulong seed = 0; seed < 3; seed++)
        {
            RandomKey.FromSeed(seed).FillNormal(point);

            double value = stated.LogDensity(point, found), other = byHand.LogDensity(point, expected);

            Assert.Equal(other, value, 1e-10 * Math.Abs(other));
            Close.Assert(found, expected, 1e-9, 1e-10, "gradient");
        }
    }

    [Fact]
    public void A_longer_chain_has_no_more_operations()
    {
        int few = Operations(20), many = Operations(200);

        Assert.Equal(few, many);
        Assert.InRange(many, 1, 120);
    }

    [Theory, InlineData("one output a step"), InlineData("a plate of sequences")]
    public void The_evidence_is_that_of_sums_site_by_site(string name)
    {
        // Discrete keeps all tables, so it sums site by site.
        Potential stated = Potential.Of(Models[name].Stated);
        double[] point = new double[stated.Dimension];
        RandomKey.FromSeed(7).FillNormal(point);
        IReadOnlyDictionary<string, Tensor> values = stated.Constrain(point);

        Discrete states = Discrete.Infer(Models[name].Stated, values);
        double found = stated.LogDensity(point, withJacobian: false);

        Assert.Equal(states.LogEvidence, found, 1e-10 * Math.Abs(found));
    }

    private static int Operations(int steps)
    {
        Tensor data = RandomKey.FromSeed(1).Normal([steps], DType.Float64).Keep();
        double[] numbers = data.ToArray<double>();
        ExecutionPlan plan = Inspect.Plan(() =>
        {
            (Tensor transition, Tensor loc) = Latents();
            Tensor? z = null;
            for (int t = 0; t < steps; t++)
            {
                z = Sample($"z_{t}", new Categorical(logits: z is null ? Start : transition.Take(z)));
                Sample($"x_{t}", new Normal(loc.Take(z), 0.8), observed: numbers[t]);
            }
        });
        return plan.Segments.Sum(segment => segment.Parts.Sum(part => part.Operations.Count));
    }

    private static (Tensor Transition, Tensor Loc) Latents() =>
        (Sample("transition", new Normal(Tensor.Zeros([States, States]), 1).ToEvent(2)),
            Sample("loc", new Normal(Tensor.Zeros([States]), 2).ToEvent(1)));

    private static void Loop((Tensor Transition, Tensor Loc) latents, Func<int, bool> isThere)
    {
        Tensor? z = null;
        for (int t = 0; t < Steps; t++)
        {
            z = Sample($"z_{t}", new Categorical(logits: z is null ? Start : latents.Transition.Take(z)));
            if (isThere(t))
            {
                Sample($"x_{t}", new Normal(latents.Loc.Take(z), 0.8), observed: Data[t]);
            }
        }
    }

    private static void ByHand((Tensor Transition, Tensor Loc) latents, Func<int, bool> isThere) =>
        Factor("sum", Forward(Start, _ => latents.Transition, t => isThere(t) ? Outputs(Data[t], latents.Loc) : 0 * latents.Loc));

    private static void Shifted((Tensor Transition, Tensor Loc) latents, bool drives)
    {
        Tensor? z = null;
        for (int t = 0; t < Steps; t++)
        {
            Tensor matrix = drives ? latents.Transition + (Shifts[t] * Tensor.Identity(States, DType.Float64)) : latents.Transition;
            z = Sample($"z_{t}", new Categorical(logits: z is null ? Start : matrix.Take(z)));
            Sample($"x_{t}", new Normal(latents.Loc.Take(z) + Shifts[t], 0.8), observed: Data[t]);
        }
    }

    private static void ShiftedByHand((Tensor Transition, Tensor Loc) latents, bool drives) => Factor("sum", Forward(Start,
        t => drives ? latents.Transition + (Shifts[t] * Tensor.Identity(States, DType.Float64)) : latents.Transition,
        t => Outputs(Data[t], latents.Loc + Shifts[t])));

    /// <summary>From the left to the right, with categories as outputs.</summary>
    private static void Zeros()
    {
        (Tensor chances, Tensor table) = ZeroLatents();
        Tensor? z = null;
        for (int t = 0; t < Steps; t++)
        {
            z = Sample($"z_{t}", new Categorical(probs: z is null ? Tensor.From([1.0, 0, 0]) : chances.Take(z)));
            Sample($"x_{t}", new Categorical(probs: table.Take(z)), observed: (long)(t / 9));
        }
    }

    private static void ZerosByHand()
    {
        (Tensor chances, Tensor table) = ZeroLatents();
        Tensor logs = Tensor.Where(chances.EqualTo(0), -1e4, Tensor.Where(chances.EqualTo(0), 1, chances).Log());
        Tensor start = Tensor.From([0, -1e4, -1e4]);
        Tensor weights = start + table.Log().Select(1, 0);
        for (int t = 1; t < Steps; t++)
        {
            weights = (weights.Unsqueeze(-1) + logs).LogSumExp(0) + table.Log().Select(1, t / 9);
        }
        Factor("sum", weights.LogSumExp(0));
    }

    private static (Tensor Chances, Tensor Table) ZeroLatents()
    {
        Tensor stay = Sample("stay", new Beta(2, 2).Expand([2]).ToEvent(1));
        Tensor table = Sample("table", new Dirichlet(Tensor.Ones([States, 3]) * 2).ToEvent(1));
        Tensor one = Tensor.From([1.0]), none = Tensor.From([0.0]);
        Tensor first = stay.Slice(0, 0, 1), second = stay.Slice(0, 1, 1);
        return (Tensor.Concat([first, 1 - first, none, none, second, 1 - second, none, none, one]).Reshape(3, 3), table);
    }

    private static void Plated(Func<int, Tensor>? isThere)
    {
        (Tensor transition, Tensor loc) = Latents();
        using PlateScope plate = Plate("sequences", Sequences);
        Tensor? z = null;
        for (int t = 0; t < Steps; t++)
        {
            void Step()
            {
                z = Sample($"z_{t}", new Categorical(logits: z is null ? Start : transition.Take(z)));
                Sample($"x_{t}", new Normal(loc.Take(z), 0.8), observed: Rows[t]);
            }
            if (isThere is null)
            {
                Step();
                continue;
            }
            using (new MaskHandler(isThere(t)).Enter())
            {
                Step();
            }
        }
    }

    private static void PlatedByHand(Func<int, Tensor>? isThere)
    {
        (Tensor transition, Tensor loc) = Latents();
        Tensor logs = transition.LogSoftmax(), weights = Start.LogSoftmax() + Outputs(Rows[0].Unsqueeze(-1), loc);
        for (int t = 1; t < Steps; t++)
        {
            Tensor next = (weights.Unsqueeze(-1) + logs).LogSumExp(1) + Outputs(Rows[t].Unsqueeze(-1), loc);
            weights = isThere is null ? next : Tensor.Where(isThere(t).Unsqueeze(-1), next, weights);
        }
        Factor("sum", weights.LogSumExp(1).Sum());
    }

    private static Tensor Forward(Tensor start, Func<int, Tensor> transition, Func<int, Tensor> outputs)
    {
        Tensor weights = start.LogSoftmax() + outputs(0);
        for (int t = 1; t < Steps; t++)
        {
            weights = (weights.Unsqueeze(-1) + transition(t).LogSoftmax()).LogSumExp(0) + outputs(t);
        }
        return weights.LogSumExp(0);
    }

    private static Tensor Outputs(Tensor x, Tensor loc) => new Normal(loc, 0.8).LogProb(x);
}
