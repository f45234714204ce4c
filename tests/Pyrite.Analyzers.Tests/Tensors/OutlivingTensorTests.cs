using Check = Pyrite.Analyzers.Check<Pyrite.Analyzers.Tensors.OutlivingTensorAnalyzer, Pyrite.Analyzers.KeepCodeFix>;

namespace Pyrite.Analyzers.Tensors;

/// <summary>PYR007.</summary>
public sealed class OutlivingTensorTests
{
    [Theory]
    [InlineData("""last = [|Sample("a", new Normal(0, 1))|];""")]
    [InlineData("""Tensor a = Sample("a", new Normal(0, 1)); this.last = [|a * 2|];""")]
    [InlineData("""Tensor a = Sample("a", new Normal(0, 1)); last = [|a|];""")]
    [InlineData("""all.Add([|Sample("a", new Normal(0, 1)).Exp()|]);""")]
    [InlineData("""Param("a", 1.0); last = [|x.Exp().Detach()|];""")]
    [InlineData("""using (StepScope.Begin()) { last = [|x + y|]; }""")]
    [InlineData("""using StepScope step = StepScope.Begin(); last = [|x + y|];""")]
    [InlineData("""Tensor sum = x; using (StepScope.Begin()) { sum = [|sum + y|]; } double total = sum.Item();""")]
    [InlineData("""List<Tensor> found = new(); using (StepScope.Begin()) { found.Add([|x.Exp()|]); }""")]
    public Task Tensors_of_a_step_that_are_stored_outside_are_found(string body) => Check.Model(body);

    [Theory]
    [InlineData("""last = Sample("a", new Normal(0, 1)).Detach().Keep();""")]
    [InlineData("""Tensor a = Sample("a", new Normal(0, 1)).Keep(); last = a;""")]
    [InlineData("""Param("a", 1.0); last = x;""")]
    [InlineData("""using (StepScope.Begin()) { last = Npy.Load("file"); }""")]
    [InlineData("""List<Tensor> here = new(); here.Add(Sample("a", new Normal(0, 1)));""")]
    [InlineData("""Tensor a; a = Sample("a", new Normal(0, 1));""")]
    [InlineData("""last = x + y;""")]
    [InlineData("""Tensor sum; using (StepScope.Begin()) { sum = x + y; double total = sum.Item(); }""")]
    [InlineData("""using (StepScope.Begin()) { } last = x + y;""")]
    [InlineData("""using (StepScope.Begin()) { List<Tensor> found = new(); found.Add(x.Exp()); }""")]
    [InlineData("""Sample("a", new Normal(0, 1), options: SiteOptions.None.With(new Baseline { Input = x + y }));""")]
    public Task What_is_kept_or_stays_inside_is_left_alone(string body) => Check.Model(body);

    [Theory]
    [InlineData("""last = [|Sample("a", new Normal(0, 1))|];""", """last = Sample("a", new Normal(0, 1)).Detach().Keep();""")]
    [InlineData("""Param("a", 1.0); all.Add([|x + y|]);""", """Param("a", 1.0); all.Add((x + y).Detach().Keep());""")]
    public Task A_copy_is_kept(string before, string after) => Check.Model(before, after);
}
