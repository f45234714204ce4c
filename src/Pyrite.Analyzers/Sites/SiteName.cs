using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyrite.Analyzers.Reading;

namespace Pyrite.Analyzers.Sites;

/// <summary>The name of a site as far as the code tells: all of it, or parts with holes between them.</summary>
internal sealed class SiteName
{
    // No name has this letter: it stands for what is not known.
    private const string Hole = "\0";

    private readonly string pattern;

    /// <summary>Reads the name of a statement.</summary>
    /// <param name="site">The statement.</param>
    /// <param name="prefix">What the scopes around put before it.</param>
    /// <param name="suffix">What the statement itself puts behind it.</param>
    /// <param name="isCertain">Whether the statement stands in the body itself and not in a function inside.</param>
    public SiteName(Statement site, string prefix, string suffix, bool isCertain)
    {
        Site = site;
        Prefix = prefix;
        IsCertain = isCertain;
        pattern = prefix + Read(site.NameArgument) + suffix;
    }

    public Statement Site { get; }

    public string Prefix { get; }

    public bool IsCertain { get; }

    public bool IsKnown => !pattern.Contains(Hole);

    /// <summary>The name; parts only where it is not known.</summary>
    public string Text => pattern;

    public bool MayBe(string name)
    {
        string expression = "^" + Regex.Escape(pattern).Replace(Regex.Escape(Hole), ".*") + "$";
        return Regex.IsMatch(name, expression, RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    private static string Read(IOperation? name) => name switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => text,
        IInterpolatedStringOperation interpolated =>
            string.Concat(interpolated.Parts.Select(part => Read((part as IInterpolatedStringTextOperation)?.Text))),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => Read(sum.LeftOperand) + Read(sum.RightOperand),
        IConversionOperation conversion => Read(conversion.Operand),
        _ => Hole,
    };
}
