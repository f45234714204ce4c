using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Pyrite.Conformance;
using Pyrite.Transforms;

namespace Pyrite.Documentation;

/// <summary>Writes the page that lists every family with its parameters, support and members, from the code and the members of the conformance
/// suite.</summary>
internal static partial class Catalogue
{
    private static readonly (string Name, Func<Distribution, Tensor> Ask)[] Members =
    [
        ("Mean", d => d.Mean), ("Variance", d => d.Variance), ("Mode", d => d.Mode), ("Entropy", d => d.Entropy()),
        ("Cdf", d => d.Cdf(d.Support.InteriorPoint(Tensor.Zeros([1], DType.Float64)))), ("InverseCdf", d => d.InverseCdf(Tensor.From([0.5]))),
            ("EnumerateSupport", d => d.EnumerateSupport()),
    ];

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    public static string Write()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        StringBuilder page = new();
        page.Append("""
            # Distributions

            Every family, its parameters, what its values are, and what it knows besides `Sample` and `LogProb`. This page is written by the tests of `Pyrite.Distributions`
            from the code; `PYRITE_ACCEPT_DOCS=1 dotnet test tests/Pyrite.Distributions.Tests` writes it anew.

            Parameters in brackets may be left out; of two or more that describe one thing, such as `probs` and `logits`, exactly one is given. All broadcast. `Cdf` stands for `Cdf`, `SurvivalFunction`
            and their logarithms, `InverseCdf` also for `InverseSurvivalFunction`. "Gradient" tells whether draws carry gradients to the parameters.

            """);
        Section(page, "Real numbers", RealFamilies.All);
        Section(page, "Counts and categories", CountFamilies.All);
        Section(page, "Vectors, matrices and wrappers", ArrayFamilies.All);
        Transforms(page);
        Exceptions(page);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void Section(StringBuilder page, string title, Dictionary<string, Family> families)
    {
        page.Append('\n').Append("## ").Append(title)
            .Append("\n\n| Family | What it is | Parameters | Values | Gradient | Members |\n|---|---|---|---|---|---|\n");
        foreach ((string name,
            Family family) in families.Where(entry => !entry.Key.Contains(' ', StringComparison.Ordinal))
                .OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            Distribution member = family.Make(validate: false);
            Type type = typeof(Distribution).Assembly.GetType($"Pyrite.{name}")!;
            string gradient = member.HasReparameterizedSample ? "yes" : "";
            page.Append($"| `{name}` | {Summary(name)} | {Parameters(type)} | {Values(member)} | {gradient} | {Known(member)} |\n");
        }
    }

    /// <summary>The maps with what their parameters must be.</summary>
    private static void Transforms(StringBuilder page)
    {
        page.Append(
            "\n## Transforms\n\nWhat `TransformedDistribution` applies to draws. Parameters are checked as those of families are: when the transform "
                + "is made, in the run of a model where they count.\n\n| Transform | What it does | Its parameters must be |\n|---|---|---|\n");
        foreach (string name in ParameterCase.All.Select(row => row.Transform).Concat(ParameterCase.Without).Distinct().Order(StringComparer.Ordinal))
        {
            Transform? made = ParameterCase.All.Where(row => row.Transform == name).Select(row => row.Make(row.Good[0], true)).FirstOrDefault();
            string needs = string.Join("; ", (made?.Declared ?? []).Select(parameter => $"`{parameter.Name}` {parameter.Constraint.Requirement}"));
            page.Append($"| `{name}` | {Summary(name)} | {needs} |\n");
        }
    }

    /// <summary>What the sweep over the corners of every family excuses.</summary>
    private static void Exceptions(StringBuilder page)
    {
        page.Append(
            "\n## Corners that fall short\n\nScores and their gradients are held, in both precisions, against difference quotients at the borders of "
                + "every constraint, far out, and for large and tiny parameters.");
        page.Append(
            "\nThese corners are excused, because a family gives less there than the others, or because a quotient cannot judge it.\n\n| Family | "
                + "Where | Why |\n|---|---|---|\n");
        foreach (CornerException line in CornerExceptions.All.OrderBy(line => line.Family, StringComparer.Ordinal)
            .ThenBy(line => line.Where, StringComparer.Ordinal))
        {
            page.Append($"| `{line.Family}` | {line.Where} | {line.Reason} |\n");
        }
    }

    private static string Parameters(Type type)
    {
        ParameterInfo[] parameters =
            type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First().GetParameters();
        return string.Join(", ",
            parameters.Where(parameter => parameter.Name != "validate")
                .Select(parameter => parameter.HasDefaultValue ? $"[`{parameter.Name}`]" : $"`{parameter.Name}`"));
    }

    /// <summary>What values must be, with parameters in the place of the numbers of this member.</summary>
    private static string Values(Distribution member)
    {
        string requirement = member.Support.Requirement;
        foreach (DistributionParameter parameter in member.Parameters.Where(parameter => parameter.Value.Count == 1))
        {
            string number = parameter.Value.Item().ToString("G7", CultureInfo.InvariantCulture);
            requirement = Regex.Replace(requirement, $@"(?<![\w.-]){Regex.Escape(number)}(?![\w.])", $"`{parameter.Name}`");
        }
        return requirement + (member.EventShape.Rank == 0 ? "" : member.EventShape.Rank == 1 ? "; vectors" : "; matrices");
    }

    private static string Known(Distribution member) =>
        string.Join(", ", Members.Where(entry => Family.OrNull(() => entry.Ask(member)) is not null).Select(entry => entry.Name));

    /// <summary>The sentence above the class in its source file.</summary>
    private static string Summary(string name)
    {
        string file = Directory.GetFiles(Path.Combine(Root, "src", "Pyrite.Distributions"), name + ".cs", SearchOption.AllDirectories).Single();
        string summary = SummaryLine().Match(File.ReadAllText(file)).Groups[1].Value.Replace("\n/// ", " ");
        string plain = Code().Replace(summary, "`$1`");
        return Reference().Replace(plain, "`$1`").Replace("&gt;", ">", StringComparison.Ordinal).Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Pyrite.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Pyrite.slnx was not found above the tests.");
        }
        return folder.FullName;
    }

    [GeneratedRegex(@"^/// <summary>(.*?)</summary>", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex SummaryLine();

    [GeneratedRegex("<c>(.*?)</c>")]
    private static partial Regex Code();

    [GeneratedRegex("<see cref=\"(?:Distribution\\.)?([^\"(]*)(?:\\([^\"]*\\))?\"/>")]
    private static partial Regex Reference();
}
