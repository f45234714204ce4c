using Check = Pyrite.Analyzers.Check<Pyrite.Analyzers.Sites.AsyncModelAnalyzer, Pyrite.Analyzers.AsyncModelCodeFix>;

namespace Pyrite.Analyzers.Sites;

/// <summary>PYR006.</summary>
public sealed class AsyncModelTests
{
    [Theory]
    [InlineData("""[|async|] void Model(Tensor x) { await Task.Yield(); Sample("a", new Normal(0, 1)); }""")]
    [InlineData("""[|async|] Task Model(Tensor x) { await Task.Yield(); Param("a", 1.0); }""")]
    [InlineData("""Action<Tensor> model = [|async|] x => { await Task.Yield(); Sample("a", new Normal(0, 1)); };""")]
    [InlineData("""void Outer() { [|async|] void Model() { await Task.Yield(); Sample("a", new Normal(0, 1)); } Model(); }""")]
    [InlineData("""object Run() => Mcmc.Run([|async () => await Task.Yield()|]);""")]
    [InlineData("""async void Other() => await Task.Yield(); object Run() => Potential.Of([|Other|]);""")]
    public Task Async_models_are_found(string members) => Check.Members(members);

    [Theory]
    [InlineData("""void Model(Tensor x) { Sample("a", new Normal(0, 1)); }""")]
    [InlineData("""async Task Fit() { await Task.Yield(); Mcmc.Run(() => Sample("a", new Normal(0, 1))); }""")]
    [InlineData("""async Task Load() => await Task.Yield();""")]
    public Task Async_methods_around_models_are_left_alone(string members) => Check.Members(members);

    [Theory]
    [InlineData(
        """[|async|] Task Model(Tensor x) { Sample("a", new Normal(0, 1)); }""", """void Model(Tensor x) { Sample("a", new Normal(0, 1)); }""")]
    [InlineData("""Action model = [|async|] () => Sample("a", new Normal(0, 1));""", """Action model = () => Sample("a", new Normal(0, 1));""")]
    public Task Without_an_await_the_word_goes(string before, string after) => Check.Members(before, after);
}
