using Check = Pyrite.Analyzers.Check<Pyrite.Analyzers.Tensors.TensorReadAnalyzer, Pyrite.Analyzers.TensorWhereCodeFix>;

namespace Pyrite.Analyzers.Tensors;

/// <summary>PYR004.</summary>
public sealed class TensorReadTests
{
    [Theory]
    [InlineData("""Tensor a = Sample("a", new Normal(0, 1)); if ([|a.Item()|] > 0) { }""")]
    [InlineData("""double a = [|Param("a", 1.0).Item()|];""")]
    [InlineData("""Tensor a = Sample("a", new Normal(0, 1)), b = (2 * a).Exp(); double[] c = [|b.ToArray<double>()|];""")]
    [InlineData("""Tensor a = Sample("a", new Normal(0, 1)); if ([|(a > 0).All()|]) { }""")]
    [InlineData("""Tensor a = Sample("a", new Normal(0, 1)); if ([|a.AllFinite()|]) { }""")]
    [InlineData("""Tensor a = Sample("a", new Normal(0, 1)); if ([|a == x|]) { }""")]
    [InlineData("""Tensor a; a = Sample("a", new Normal(0, 1)); Func<double> read = () => [|a.Item()|];""")]
    [InlineData("""(Tensor a, Tensor b) = (Sample("a", new Normal(0, 1)), x); double c = [|a.Item()|];""")]
    [InlineData("""Tensor[] a = new Tensor[1]; a[0] = Sample("a", new Normal(0, 1)); double c = [|a[0].Item()|];""")]
    public Task Reads_of_drawn_and_learnt_values_are_found(string body) => Check.Model(body);

    [Theory]
    [InlineData("""double first = x[0].Item(); Sample("a", new Normal(first, 1));""")]
    [InlineData("""Tensor centred = x - x.Mean(); double[] all = centred.ToArray<double>(); Sample("a", new Normal(all[0], 1));""")]
    [InlineData("""Tensor a = Sample("a", new Normal(0, 1)); int size = a.Shape[0]; if (a.Rank == 0 || a.Count > size) { }""")]
    [InlineData("""Tensor seen = Sample("y", new Normal(0, 1), observed: y); double first = seen[0].Item();""")]
    [InlineData("""Tensor a = Sample("a", new Normal(0, 1)); if (a == null) { }""")]
    [InlineData("""Tensor a = Sample("a", new Normal(0, 1)); Tensor b = Tensor.Where(a > 0, a, x);""")]
    [InlineData("""double b = last.Item(); Sample("a", new Normal(b, 1));""")]
    public Task Data_and_shapes_may_be_read(string body) => Check.Model(body);

    [Fact]
    public Task The_main_part_of_a_program_may_read() =>
        Check.Program("""Tensor a = Sample("a", new Normal(0, 1)); Console.WriteLine(a.Item());""");

    [Fact]
    public Task A_choice_becomes_Where() => Check.Model(
        """Tensor a = Sample("a", new Normal(0, 1)); Tensor b = [|a.Item()|] > 0 ? a : 2 * a;""",
        """Tensor a = Sample("a", new Normal(0, 1)); Tensor b = Tensor.Where(a > 0, a, 2 * a);""");
}
