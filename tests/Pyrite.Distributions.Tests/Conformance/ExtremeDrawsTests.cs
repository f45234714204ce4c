
namespace Pyrite.Conformance;

/// <summary>Draws at the tiny, large and near-equal parameters of <c>members.txt</c>: they are numbers inside the support, and so are their
/// gradients.</summary>
[Trait("Once", "Cultures")]
public sealed class ExtremeDrawsTests
{
    private const int Draws = 200;
    private const int DrawsWithGradients = 20;

    /// <summary>Families whose draws cannot all lie inside an open support, with the reason.</summary>
    private static readonly Dictionary<string, string> Outside = new()
    {
        ["RelaxedBernoulli"] = "at temperature 1e-3 nearly all draws are closer to 0 or 1 than the numbers of the type",
    };

    public static TheoryData<string> Families => [.. MemberReference.All.Select(row => row.Family).Distinct()];

    [Theory, MemberData(nameof(Families))]
    public void Draws_are_inside_the_support_with_numbers_as_gradients(string family)
    {
        List<string> faults = [];
        bool isOutside = false;
        foreach (MemberReference row in MemberReference.All.Where(row => row.Family == family)
            .DistinctBy(row => string.Join(' ', row.Arguments[..row.ParameterCount])))
        {
            foreach (DType type in new[] { DType.Float64, DType.Float32 })
            {
                Tensor[] parameters = [.. row.Arguments[..row.ParameterCount].Select(argument => Tensor.Full([1], argument, type).AsVariable())];
                Distribution distribution = row.Make(parameters);
                Tensor draws = distribution.Sample(RandomKey.FromSeed(3), [Draws]);
                Assert.Equal(type, draws.DType);
                isOutside |= !distribution.Support.Check(draws.Detach()).All();
                double[] numbers = draws.ToArray<double>();
                for (int i = 0; i < DrawsWithGradients; i++)
                {
                    double[] gradients = [.. Gradient.Of(draws.Slice(0, i, 1).Sum(), parameters).Select(gradient => gradient.Item())];
                    if (!double.IsFinite(numbers[i]) || gradients.Any(double.IsNaN))
                    {
                        faults.Add(FormattableString.Invariant($"{row} {type}: draw {numbers[i]:R}, gradients {string.Join(" ", gradients)}"));
                    }
                }
            }
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults));
        Assert.Equal(Outside.ContainsKey(family), isOutside);
    }
}
