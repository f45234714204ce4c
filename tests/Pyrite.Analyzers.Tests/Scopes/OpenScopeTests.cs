using Check = Pyrite.Analyzers.Check<Pyrite.Analyzers.Scopes.OpenScopeAnalyzer, Pyrite.Analyzers.UsingCodeFix>;

namespace Pyrite.Analyzers.Scopes;

/// <summary>PYR005.</summary>
public sealed class OpenScopeTests
{
    [Theory]
    [InlineData("""[|Plate("rows", n)|];""")]
    [InlineData("""PlateScope rows = [|Plate("rows", n)|]; Tensor indices = rows.Indices;""")]
    [InlineData("""int dimension = [|Plate("rows", n)|].Dimension;""")]
    [InlineData("""[|PlateStack("rows", [2, 3])|];""")]
    [InlineData("""[|Scope("part")|];""")]
    [InlineData("""[|RandomModule("net", new Linear(1, 1), new Normal(0, 1))|];""")]
    [InlineData("""[|StepScope.Begin()|];""")]
    [InlineData("""StepScope step = [|StepScope.Begin()|];""")]
    [InlineData("""[|NoGradient.Begin()|];""")]
    [InlineData("""[|Precision.Use(DType.Float64)|];""")]
    [InlineData("""[|AnomalyMode.Begin()|];""")]
    [InlineData("""[|new SeedHandler(1).Enter()|];""")]
    public Task Scopes_that_nobody_closes_are_found(string body) => Check.Model(body);

    [Theory]
    [InlineData("""using (Plate("rows", n)) { }""")]
    [InlineData("""using PlateScope rows = Plate("rows", n);""")]
    [InlineData("""PlateScope rows = Plate("rows", n); rows.Dispose();""")]
    [InlineData("""Plate("rows", n).Dispose();""")]
    [InlineData("""StepScope step = StepScope.Begin(); try { } finally { step.Dispose(); }""")]
    [InlineData("""StepScope step = StepScope.Begin(); using (step) { }""")]
    [InlineData("""using HandlerScope all = new BlockHandler().Enter(); new ScaleHandler(0.5).Enter();""")]
    [InlineData("""foreach (int i in SequentialPlate("words", 3)) { }""")]
    public Task Scopes_that_are_closed_are_left_alone(string body) => Check.Model(body);

    [Fact]
    public Task Scopes_that_are_given_away_are_left_alone() => Check.Members("HandlerScope Open() => Scope(\"part\");");

    [Theory]
    [InlineData("""[|Plate("rows", n)|];""", """using PlateScope scope = Plate("rows", n);""")]
    [InlineData("""StepScope step = [|StepScope.Begin()|];""", """using StepScope step = StepScope.Begin();""")]
    [InlineData("""[|NoGradient.Begin()|];""", """using NoGradient.Scope scope = NoGradient.Begin();""")]
    public Task A_using_closes_them(string before, string after) => Check.Model(before, after);
}
