using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyrite.Analyzers.Reading;

/// <summary>The written code of a method.</summary>
internal static class Source
{
    /// <summary>The operation of a method's declaration; null where it has no body in this compilation.</summary>
    /// <param name="method">A method or local function.</param>
    /// <param name="near">The semantic model of the place that asks: most methods stand in the same file.</param>
    /// <param name="cancellation">To stop early.</param>
    public static IOperation? Of(IMethodSymbol method, SemanticModel? near, CancellationToken cancellation)
    {
        SyntaxNode? syntax = method.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        if (near is null || syntax is not (BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax))
        {
            return null;
        }
#pragma warning disable RS1030 // Only where a model or guide is named in a call and stands in another file.
        SemanticModel model = syntax.SyntaxTree == near.SyntaxTree ? near : near.Compilation.GetSemanticModel(syntax.SyntaxTree);
#pragma warning restore RS1030
        return model.GetOperation(syntax, cancellation);
    }
}
