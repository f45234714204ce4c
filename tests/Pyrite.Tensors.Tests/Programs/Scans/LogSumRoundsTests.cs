using Pyrite.Programs.Scans;
using Pyrite.Testing;

namespace Pyrite.Tests.Programs.Scans;

/// <summary>Forward algorithms in densities run in scaled numbers, with the numbers of the loop in logarithms.</summary>
public sealed class LogSumRoundsTests
{
    /// <summary>How a step may be written; of the carry, the matrix [K, K] from rows to columns, and what is added.</summary>
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor, Tensor>> Steps = new()
    {
        ["states down"] = (f, matrix, e) => (f.Unsqueeze(-1) + matrix).LogSumExp(-2) + e,
        ["states across"] = (f, matrix, e) => e + (matrix.Transpose() + f.Unsqueeze(-2)).LogSumExp(-1),
        ["added first"] = (f, matrix, e) => ((f + e).Unsqueeze(-1) + matrix).LogSumExp(-2),
        ["added first, states across"] = (f, matrix, e) => (matrix.Transpose() + (e + f).Unsqueeze(-2)).LogSumExp(-1),
        ["an axis that stays"] = (f, matrix, e) => (matrix + f.Unsqueeze(-1)).LogSumExp(-2, keepDimensions: true).Reshape(f.Shape) + e,
    };

    public static TheoryData<string, int, int, int> Cases
    {
        get
        {
            TheoryData<string, int, int, int> cases = [];
            foreach (string step in Steps.Keys)
            {
                foreach ((int states, int sequences, int rounds) in
                    new[] { (2, 1, 1), (2, 1, 1500), (2, 3, 40), (3, 1, 9), (5, 4, 700), (17, 1, 30) })
                {
                    cases.Add(step, states, sequences, rounds);
                }
            }
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Numbers_are_those_of_the_loop(string step, int states, int sequences, int rounds)
    {
        foreach ((bool isReverse, bool hasOutputs) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            Compare(new Chain(Steps[step], states, sequences, rounds) { IsReverse = isReverse, HasOutputs = hasOutputs });
        }
    }

    [Fact]
    public void What_is_added_may_be_missing_and_the_matrix_may_have_no_gradient()
    {
        Compare(new Chain((f, matrix, _) => (f.Unsqueeze(-1) + matrix).LogSumExp(-2), 3, 1, 50) { IgnoresAdded = true });
        Compare(new Chain((f, matrix, e) => (f.Unsqueeze(-1) + matrix.Detach()).LogSumExp(-2) + e, 2, 1, 50));
        Compare(new Chain((f, matrix, e) => (f.Unsqueeze(-1) + matrix.Detach()).LogSumExp(-2) + e, 3, 2, 50));
    }

    /// <summary>Where scaled numbers would be lost, the rounds run in logarithms: a chain that must stay in its state through scores of which the
    /// best way has none near the largest.</summary>
    [Theory]
    [InlineData(250)]
    [InlineData(900)]
    [InlineData(40_000)]
    public void Nothing_is_lost_where_numbers_are_far_apart(double apart)
    {
        Compare(new Chain(Steps["states down"], 2, 1, 60) { Spread = apart });
        Compare(new Chain(Steps["states down"], 3, 2, 60) { Spread = apart });
        Compare(new Chain(Steps["added first"], 2, 1, 60) { Spread = apart });
        Compare(new Chain(Steps["added first"], 3, 2, 60) { Spread = apart });
    }

    [Fact]
    public void States_that_cannot_be_reached_stay_so()
    {
        double none = double.NegativeInfinity;
        Tensor bar = Tensor.From([[0, none], [0.0, 0]]);
        Compare(new Chain((f, matrix, e) => (f.Unsqueeze(-1) + matrix + bar).LogSumExp(-2) + e, 2, 1, 30), isFound: false);
        Compare(new Chain((f, matrix, e) => (f.Unsqueeze(-1) + matrix).LogSumExp(-2) + e, 2, 1, 30) { Start = [0, none] });
        Compare(new Chain((f, matrix, e) => (f.Unsqueeze(-1) + matrix).LogSumExp(-2) + e, 2, 1, 30) { Start = [none, none] });
    }

    /// <summary>Steps that look alike, but are others.</summary>
    [Fact]
    public void Other_steps_stay_what_they_are()
    {
        Compare(new Chain((f, matrix, e) => (f.Unsqueeze(-1) + matrix).LogSumExp(-2) + e.Tanh(), 2, 1, 20), isFound: false);
        Compare(new Chain((f, matrix, e) => (f.Unsqueeze(-1) - matrix).LogSumExp(-2) + e, 2, 1, 20), isFound: false);
        Compare(new Chain((f, matrix, e) => (f.Unsqueeze(-1).Detach() + matrix).LogSumExp(-2) + e, 2, 1, 20), isFound: false);
        Compare(new Chain((f, matrix, e) => (f.Unsqueeze(-1) + matrix).Exp().Sum([-2]).Log() + e, 2, 1, 20), isFound: false);
        Compare(new Chain((f, matrix, e) => (f.Unsqueeze(-1) + matrix).LogSumExp(-2) + f, 2, 1, 20), isFound: false);
        Compare(new Chain((f, matrix, e) => (f.Unsqueeze(-1) + matrix + e.Unsqueeze(-1)).LogSumExp(-2), 2, 1, 20), isFound: false);
        Compare(new Chain((f, matrix, e) => ((f + e).Unsqueeze(-1) + matrix).LogSumExp(-2) + e, 2, 1, 20), isFound: false);
        Compare(new Chain((f, matrix, e) => ((f + e.Detach()).Unsqueeze(-1) + matrix).LogSumExp(-2), 2, 1, 20), isFound: false);
    }

    private static void Compare(Chain chain, bool isFound = true)
    {
        Shape[] shapes = chain.Shapes;
        using Precision.Scope precision = Precision.Use(DType.Float64);
        double[] first = chain.Point(1);
        Assert.Equal(isFound, chain.IsFound());
        ReplayedFunction replayed = ReplayedFunction.TryRecord(x => [chain.Density(x, isScan: true)], shapes, first, withGradient: true)!;
        for (ulong seed = 1; seed < 3; seed++)
        {
            double[] point = chain.Point(seed), gradient = new double[point.Length];
            double value = replayed.Evaluate(point, gradient);
            Tensor[] variables = ReplayedFunction.Split(point, shapes);
            Tensor eager = chain.Density(variables, isScan: false);
            double[] expected = [.. Gradient.OrNull(eager, variables).SelectMany((g, i) => g?.ToArray<double>() ?? new double[shapes[i].Count])];
            Close.Assert([value], [eager.Item()], 1e-12, 1e-12, "value");
            Close.Assert(gradient, expected, 1e-10, 1e-10, "gradient");
        }
    }

    /// <summary>A density with a forward algorithm, as a scan and as a loop in eager execution.</summary>
    private sealed record Chain(Func<Tensor, Tensor, Tensor, Tensor> Step, int States, int Sequences, int Rounds)
    {
        public bool IsReverse { get; init; }

        public bool HasOutputs { get; init; }

        /// <summary>Whether an input is there that no round reads: its gradient is not that of a forward algorithm.</summary>
        public bool IgnoresAdded { get; init; }

        public double Spread { get; init; } = 1;

        public double[]? Start { get; init; }

        private Shape Row => Sequences == 1 ? [States] : [Sequences, States];

        /// <summary>The start, the matrix, and what the rounds add.</summary>
        public Shape[] Shapes => [Row, [States, States], [Rounds, .. Row]];

        public double[] Point(ulong seed)
        {
            double[] numbers = new double[Shapes.Sum(shape => (int)shape.Count)];
            RandomKey.FromSeed(seed).FillNormal(numbers);
            int rows = numbers.Length - (int)Shapes[2].Count;
            return [.. numbers.Select((number, i) => i < rows ? number : Spread * number)];
        }

        public Tensor Density(Tensor[] x, bool isScan)
        {
            Tensor start = Start is null ? x[0] : Tensor.From(Start) + (0 * x[0]), matrix = x[1].Tanh(), added = x[2];
            List<Tensor> states = [];
            Tensor end = start, outputs;
            if (isScan && HasOutputs)
            {
                (end, outputs) = Scan.Run(start, added, (f, e) => Step(f, matrix, e) is var next ? (next, next) : default, reverse: IsReverse);
            }
            else if (isScan)
            {
                end = Scan.Fold(start, added, (f, e) => Step(f, matrix, e), reverse: IsReverse);
                outputs = end;
            }
            else
            {
                for (int t = 0; t < Rounds; t++)
                {
                    end = Step(end, matrix, added[IsReverse ? Rounds - 1 - t : t]);
                    states.Insert(IsReverse ? 0 : states.Count, end);
                }
                outputs = HasOutputs ? Tensor.Stack([.. states]) : end;
            }
            Tensor weights = Tensor.Range(States).To(DType.Float64) + 1;
            return (end * weights).LogSumExp([]) + (HasOutputs ? (outputs * weights).Mean([]) : 0.0);
        }

        /// <summary>Whether the rounds of the scan are taken for those of a forward algorithm, and so are those of its gradient.</summary>
        public bool IsFound()
        {
            using StepScope scope = StepScope.Begin();
            scope.Recorder.RecordAfresh();
            Tensor[] variables = ReplayedFunction.Split(Point(1), Shapes);
            Gradient.OrNull(Density(variables, isScan: true), variables);
            ScanBody[] bodies = [.. scope.Recorder.Recorded!.Nodes.Select(node => node.Boxed).OfType<ScanOperation>().Select(scan => scan.Body)];
            Assert.Equal(2, bodies.Length);
            Assert.Equal(bodies[0].LogSums is not null && !IgnoresAdded, bodies[1].LogSumBack is not null);
            return bodies[0].LogSums is not null;
        }
    }
}
