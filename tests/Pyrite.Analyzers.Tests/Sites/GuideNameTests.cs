using Check = Pyrite.Analyzers.Check<Pyrite.Analyzers.Sites.GuideNameAnalyzer, Pyrite.Analyzers.SiteNameCodeFix>;

namespace Pyrite.Analyzers.Sites;

/// <summary>PYR002.</summary>
public sealed class GuideNameTests
{
    private const string Fit = "object fit => new Svi<Tensor>(Model, Guide, new Adam(0.01), new TraceElbo());\n";

    [Theory]
    [InlineData("""Sample("bias", new Beta(1, 1));""", """Sample([|"bais"|], new Beta(1, 1));""")]
    [InlineData("""Sample("bias", new Beta(1, 1));""", """Sample("bias", new Beta(1, 1)); Sample([|"other"|], new Beta(1, 1));""")]
    [InlineData("""using (Scope("s")) { Sample("a", new Normal(0, 1)); }""", """Sample([|"a"|], new Normal(0, 1));""")]
    [InlineData("""Sample($"a{x.Count}", new Normal(0, 1));""", """Sample([|"b1"|], new Normal(0, 1));""")]
    [InlineData("""Part(x); void Part(Tensor t) => Sample("a", new Normal(0, 1));""", """Sample([|"b"|], new Normal(0, 1));""")]
    public Task A_name_that_the_model_does_not_have_is_found(string model, string guide) =>
        Check.Members(Fit + $"void Model(Tensor x) {{ {model} }}\nvoid Guide(Tensor x) {{ {guide} }}");

    [Theory]
    [InlineData("""Sample("bias", new Beta(1, 1));""", """Sample("bias", new Beta(1, 1));""")]
    [InlineData("""Sample("bias", new Beta(1, 1));""", """Sample("extra", new Beta(1, 1), auxiliary: true); Sample("bias", new Beta(1, 1));""")]
    [InlineData("""using (Scope("s")) { Sample("a", new Normal(0, 1)); }""", """Sample("s/a", new Normal(0, 1));""")]
    [InlineData("""for (int i = 0; i < 3; i++) { Sample($"a{i}", new Normal(0, 1)); }""", """Sample("a1", new Normal(0, 1));""")]
    [InlineData("""Part(x); void Part(Tensor t) => Sample("a", new Normal(0, 1));""", """Sample("a", new Normal(0, 1));""")]
    [InlineData("""foreach (string name in new[] { "a" }) { Sample(name, new Normal(0, 1)); }""", """Sample("a", new Normal(0, 1));""")]
    [InlineData("""Action part = Other; part();""", """Sample("a", new Normal(0, 1));""")]
    [InlineData("""using (new ScopeHandler("s").Enter()) { Sample("a", new Normal(0, 1)); }""", """Sample("s/a", new Normal(0, 1));""")]
    [InlineData("""Sample("y", new Normal(0, 1), observed: x, observedMask: x);""", """Sample("y_unobserved", new Normal(0, 1));""")]
    [InlineData("""using (RandomModule("net", new Linear(1, 1), new Normal(0, 1))) { }""", """Sample("net.weight", new Normal(0, 1));""")]
    [InlineData("""Enumerable.Range(0, 2).Select(i => Sample("a", new Normal(0, 1))).ToArray();""", """Sample("a", new Normal(0, 1));""")]
    public Task Names_that_the_model_has_or_may_have_are_left_alone(string model, string guide) =>
        Check.Members(Fit + $"void Model(Tensor x) {{ {model} }}\nvoid Guide(Tensor x) {{ {guide} }}\nvoid Other() {{ }}");

    [Fact]
    public Task The_nearest_name_that_the_guide_lacks_is_proposed() => Check.Members(
        Fit + """
            void Model(Tensor x) { Sample("slope", new Normal(0, 1)); Sample("slopes", new Normal(0, 1)); }
            void Guide(Tensor x) { Sample("slopes", new Normal(0, 1)); Sample([|"slope2"|], new Normal(0, 1)); }
            """,
        Fit + """
            void Model(Tensor x) { Sample("slope", new Normal(0, 1)); Sample("slopes", new Normal(0, 1)); }
            void Guide(Tensor x) { Sample("slopes", new Normal(0, 1)); Sample("slope", new Normal(0, 1)); }
            """);

    [Fact]
    public Task A_guide_in_another_file_is_told_at_the_call() => Check.TwoFiles(
        Fit.Replace(", Guide,", ", [|Other.Guide|],") + "void Model(Tensor x) => Sample(\"a\", new Normal(0, 1));",
        "class Other { public static void Guide(Tensor x) => Sample(\"b\", new Normal(0, 1)); }");

    [Fact]
    public Task Lambdas_are_read_too() => Check.Members("""
        object fit = new Svi<Tensor>(x => Sample("a", new Normal(0, 1)), x => Sample([|"b"|], new Normal(0, 1)), new Adam(0.01), new TraceElbo());
        """);

    [Theory]
    [InlineData("bais", "bias", 2)]
    [InlineData("kitten", "sitting", 3)]        // the textbook's example
    [InlineData("", "abc", 3)]
    [InlineData("same", "same", 0)]
    public void Distances_count_letters(string one, string other, int expected) => Assert.Equal(expected, NameDistance.Between(one, other));
}
