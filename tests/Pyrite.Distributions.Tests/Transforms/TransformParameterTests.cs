using Pyrite.Checks;
using Pyrite.Combinators;

namespace Pyrite.Transforms;

/// <summary>Parameters of transforms are checked as those of families are; masks around them are in the sweep over masked entries.</summary>
public sealed class TransformParameterTests
{
    public static TheoryData<string> Names => [.. ParameterCase.All.Select(row => row.Name)];

    [Fact]
    public void The_table_has_every_transform() => Assert.Equal(
        typeof(Transform).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsPublic: true } && type.IsAssignableTo(typeof(Transform)))
            .Select(type => type.Name).Order(StringComparer.Ordinal),
        ParameterCase.All.Select(row => row.Transform).Distinct().Concat(ParameterCase.Without).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Names))]
    public void Good_parameters_are_accepted_and_bad_ones_are_refused_by_name(string name)
    {
        ParameterCase row = Find(name);
        foreach (DType type in new[] { DType.Float64, DType.Float32 })
        {
            Assert.All(row.Good.Where(good => (good.To(type).Abs() > 0).EqualTo(good.Abs() > 0).All() && good.To(type).AllFinite()),
                good => row.Make(good.To(type), true));
            foreach (Tensor bad in row.Bad)
            {
                ArgumentException error = Assert.Throws<ArgumentException>(() => row.Make(bad.To(type), true));
                Assert.StartsWith($"{row.Transform}: parameter {row.Parameter} must be ", error.Message, StringComparison.Ordinal);
                Assert.Contains("; found ", error.Message, StringComparison.Ordinal);
                if (!row.IsNumber)
                {
                    row.Make(bad.To(type), false);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void In_a_recorded_step_the_words_are_those_of_eager_execution(string name)
    {
        ParameterCase row = Find(name);
        Tensor bad = row.Bad[0];
        string eager = Assert.Throws<ArgumentException>(() => row.Make(bad, true)).Message;
        for (int step = 0; step < 3; step++)
        {
            Run(row.Good[0]);
        }
        Assert.Equal(eager, Assert.Throws<ArgumentException>(() => Run(bad)).Message);
        Run(row.Good[0]);

        void Run(Tensor given)
        {
            using StepScope scope = StepScope.Begin();
            Tensor fresh = given * 1.0;
            row.Make(fresh, true);
            _ = (fresh.Sum() + 1.0).Item();
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void In_the_run_of_a_model_the_refusal_waits_for_the_statement(string name)
    {
        ParameterCase row = Find(name);
        foreach (Tensor bad in row.Bad)
        {
            using DeferredRefusals.Scope run = DeferredRefusals.Begin();
            row.Make(bad, true);
            Assert.Contains($"{row.Transform}: parameter {row.Parameter}", Assert.Throws<ArgumentException>(DeferredRefusals.RequireNone).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_map_within_others_is_found_by_the_statement_around_it()
    {
        Tensor scale = Tensor.From([1.0, 0, 2]);
        Dictionary<string, Func<Transform, Transform>> wrappers = new()
        {
            ["composed"] = map => new ExpTransform().Then(map),
            ["turned round"] = map => map.Inverted,
            ["remembered"] = map => map.Cached,
            ["independent"] = map => new IndependentTransform(map, 1),
            ["stacked"] = map => new IndependentTransform(new StackTransform([map, map, map]), 1),
        };
        foreach ((string name, Func<Transform, Transform> wrap) in wrappers)
        {
            using DeferredRefusals.Scope run = DeferredRefusals.Begin();
            TransformedDistribution made = new(new Normal(Tensor.Zeros([3], DType.Float64), 1), wrap(new AffineTransform(0, scale)));
            ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => MaskedCheck.Recheck(made, null));
            Assert.True(error.Message.Contains("AffineTransform: parameter scale", StringComparison.Ordinal), $"{name}: {error.Message}");
            Assert.True(made.IsMadeFrom(Validation.Refuser(error)!), name);
        }
    }

    [Fact]
    public void Positions_of_a_stack_have_their_own_part_of_the_mask()
    {
        using DeferredRefusals.Scope run = DeferredRefusals.Begin();
        Transform[] parts = [new AffineTransform(0, Tensor.From([0.0])), new AffineTransform(0, Tensor.From([2.0]))];
        TransformedDistribution made = new(new Normal(Tensor.Zeros([2], DType.Float64), 1), new StackTransform(parts));
        MaskedCheck.Recheck(made, Tensor.From([false, true]));
        DeferredRefusals.RequireNone();
        Assert.Throws<ArgumentException>(() => MaskedCheck.Recheck(made, Tensor.From([true, false])));
    }

    [Fact]
    public void Sizes_and_kinds_that_do_not_fit_are_refused()
    {
        Refused("K widths", () => new SplineTransform(Tensor.From([0.5, 0.5]), Tensor.From([0.5, 0.5]), Tensor.From([1.0, 1])));
        Refused("[.., n, n]", () => new LowerCholeskyAffineTransform(Tensor.Zeros(3), Tensor.Identity(2)));
        Refused("[.., n, n]", () => new LowerCholeskyAffineTransform(Tensor.Zeros(2), Tensor.Zeros(2, 3)));
        Refused("continuous", () => new CdfTransform(new Poisson(2.0)));
        Refused("event shape [2]", () => new CdfTransform(new Normal(Tensor.Zeros(2), 1).ToEvent(1)));
        Refused("axes", () => new IndependentTransform(new ExpTransform(), -1));
        Refused("lengths", () => new ConcatTransform([new ExpTransform(), new ExpTransform()], [3, 0]));
        Refused("needed once", () => new PermuteTransform(0, 2));
        Refused("2 entries", () => new PermuteTransform(1, 0).Forward(Tensor.Zeros(3)));
        Refused("2 entries", () => new PermuteTransform(1, 0).Inverse(Tensor.Zeros(3)));
        Refused("last axes must be [2, 3]", () => new ReshapeTransform([2, 3], [6]).Forward(Tensor.Zeros(3, 2)));
        Refused("must agree", () => new ReshapeTransform([2, 3], [5]));
    }

    [Fact]
    public void Shapes_of_images_follow_all_parameters()
    {
        Tensor x = Tensor.From([0.1, 0.2]);
        Transform[] maps =
        [
            new LowerCholeskyAffineTransform(Tensor.Zeros([5, 2], DType.Float64), Tensor.Identity(2, DType.Float64)),
            new SplineTransform(Tensor.Full([5, 1, 2], 0.5, DType.Float64), Tensor.Full([2], 0.5, DType.Float64), Tensor.Ones([1], DType.Float64)),
        ];
        Assert.All(maps, map => Assert.Equal(map.Forward(x).Shape, map.ForwardShape(x.Shape)));
        Tensor shares = Tensor.From([0.2, 0.3, 0.5]);
        SimplexToOrderedTransform cuts = new(Tensor.Zeros([5], DType.Float64));
        Assert.Equal(cuts.Forward(shares).Shape, cuts.ForwardShape(shares.Shape));
    }

    private static void Refused(string words, Func<object> make) =>
        Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);

    private static ParameterCase Find(string name) => ParameterCase.All.Single(row => row.Name == name);
}
