namespace Pyrite.Tests.Models;

/// <summary>A model of the table, and what must come of it: shapes of all sites, or an error of a kind with certain phrases.</summary>
public sealed record ModelCase(string Name, Func<string> Run, string? Expected, ModelError Error, string[] Phrases)
{
    /// <summary>A model that is right: all its sites with the shapes of their values.</summary>
    public static ModelCase Valid(string name, string expected, Action model, params Handler[] handlers) =>
        new(name, () => Shapes(Inspect.Check(model, [new SeedHandler(0), .. handlers])), expected, default, []);

    /// <summary>A model and a guide that suit each other: the loss of a step is finite.</summary>
    public static ModelCase ValidPair(string name, Action model, Action guide) =>
        new(name, () => double.IsFinite(Step(model, guide)) ? "finite" : "not finite", "finite", default, []);

    /// <summary>A model that is wrong.</summary>
    public static ModelCase Invalid(string name, ModelError error, string[] phrases, Action model, params Handler[] handlers) =>
        new(name, () => Shapes(Inspect.Check(model, [new SeedHandler(0), .. handlers])), null, error, phrases);

    /// <summary>A model and a guide that do not suit each other.</summary>
    public static ModelCase InvalidPair(string name, ModelError error, string[] phrases, Action model, Action guide) =>
        new(name, () => $"{Step(model, guide)}", null, error, phrases);

    public override string ToString() => Name;

    private static string Shapes(Trace trace) =>
        string.Join("; ", trace.Sites.Where(s => s is not ModuleSite).Select(s => $"{s.Name} {s.Value.Shape}"));

    private static double Step(Action model, Action guide) => new Svi<int>(_ => model(), _ => guide(), new Adam(), new TraceElbo()).Step(0);
}
