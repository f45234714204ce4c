using Check = Pyrite.Analyzers.Check<Pyrite.Analyzers.Sites.SiteNameTwiceAnalyzer, Pyrite.Analyzers.SiteNameCodeFix>;

namespace Pyrite.Analyzers.Sites;

/// <summary>PYR001.</summary>
public sealed class SiteNameTwiceTests
{
    [Theory]
    [InlineData("""Sample("a", new Normal(0, 1)); Sample([|"a"|], new Normal(0, 1));""")]
    [InlineData("""Sample("a", new Normal(0, 1)); Deterministic([|"a"|], x); """)]
    [InlineData("""if (flag) { Sample("a", new Normal(0, 1)); } Sample([|"a"|], new Normal(0, 1));""")]
    [InlineData("""Sample("a", new Normal(0, 1)); if (flag) { Factor([|"a"|], x); }""")]
    [InlineData("""using (Scope("s")) { Sample("a", new Normal(0, 1)); } using (Scope("s")) { Sample([|"a"|], new Normal(0, 1)); }""")]
    [InlineData("""using (Plate("p", 2)) { Sample("a", new Normal(0, 1)); } Sample([|"a"|], new Normal(0, 1));""")]
    [InlineData("""const string Name = "a"; Sample(Name, new Normal(0, 1)); Sample([|"a"|], new Normal(0, 1));""")]
    [InlineData("""Action inner = () => { Sample("a", new Normal(0, 1)); Sample([|"a"|], new Normal(0, 1)); };""")]
    [InlineData("""Tensor sum = Sample("a", new Normal(0, 1)) + Sample([|"a"|], new Normal(0, 1));""")]
    [InlineData("""foreach (int i in SequentialPlate("words", 3)) { Sample([|"w"|], new Normal(0, 1)); }""")]
    [InlineData("""while (flag) { Sample([|"w"|], new Normal(0, 1)); }""")]
    public Task A_name_that_comes_twice_in_one_run_is_found(string body) => Check.Model(body);

    [Theory]
    [InlineData("""if (flag) { Sample("a", new Normal(0, 1)); } else { Sample("a", new Normal(0, 2)); }""")]
    [InlineData("""if (flag) { Sample("a", new Normal(0, 1)); return; } Sample("a", new Normal(0, 2));""")]
    [InlineData("""if (flag) { Sample("a", new Normal(0, 1)); } if (!flag) { Sample("a", new Normal(0, 2)); }""")]
    [InlineData("""Tensor a = flag ? Sample("a", new Normal(0, 1)) : Sample("a", new Normal(0, 2));""")]
    [InlineData("""Tensor a = kind switch { 0 => Sample("a", new Normal(0, 1)), _ => Sample("a", new Normal(0, 2)) };""")]
    [InlineData("""switch (kind) { case 0: Sample("a", new Normal(0, 1)); break; default: Sample("a", new Normal(0, 2)); break; }""")]
    [InlineData("""using (Scope("s")) { Sample("a", new Normal(0, 1)); } using (Scope("t")) { Sample("a", new Normal(0, 1)); }""")]
    [InlineData("""using (new BlockHandler().Enter()) { Sample("a", new Normal(0, 1)); } Sample("a", new Normal(0, 1));""")]
    [InlineData("""Param("a", 1.0); Param("a", 1.0); using (Plate("p", 2)) { } using (Plate("p", 2)) { }""")]
    [InlineData("""Sample("a", new Normal(0, 1)); Action inner = () => Sample("a", new Normal(0, 1));""")]
    [InlineData("""for (int i = 0; i < n; i++) { Sample($"a{i}", new Normal(0, 1)); }""")]
    [InlineData("""for (int i = 0; i < n; i++) { using (Scope($"s{i}")) { Sample("a", new Normal(0, 1)); } }""")]
    [InlineData("""for (int i = 0; i < n; i++) { if (i == 0) { Sample("a", new Normal(0, 1)); } }""")]
    [InlineData("""foreach (int i in SequentialPlate("chain", 1)) { Sample("a", new Normal(0, 1)); }""")]
    [InlineData("""while (true) { Sample("a", new Normal(0, 1)); if (flag) { break; } }""")]
    public Task Names_that_never_meet_are_left_alone(string body) => Check.Model(body);

    [Fact]
    public Task The_main_part_of_a_program_may_draw_again() =>
        Check.Program("""Console.WriteLine(Sample("a", new Normal(0, 1))); Console.WriteLine(Sample("a", new Normal(0, 1)));""");

    [Fact]
    public Task The_second_site_gets_a_free_name() => Check.Model(
        """Sample("a", new Normal(0, 1)); Sample("a_2", new Normal(0, 1)); Sample([|"a"|], new Normal(0, 1));""",
        """Sample("a", new Normal(0, 1)); Sample("a_2", new Normal(0, 1)); Sample("a_3", new Normal(0, 1));""");

    [Fact]
    public Task A_site_in_a_loop_gets_its_index() => Check.Model(
        """for (int t = 0; t < n; t++) { Sample([|"a"|], new Normal(0, 1)); }""",
        """for (int t = 0; t < n; t++) { Sample($"a{t}", new Normal(0, 1)); }""");
}
