using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Pyrite.Analyzers.Reading;

namespace Pyrite.Analyzers;

/// <summary>What all analyzers share: they have one rule each, look at written code alone, and do nothing where Pyrite is not used.</summary>
public abstract class PyriteAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of a diagnostic that has the text to write in the place of what it marks.</summary>
    public const string Suggestion = "Suggestion";

    private protected PyriteAnalyzer(DiagnosticDescriptor rule) => SupportedDiagnostics = [rule];

    /// <summary>The one rule.</summary>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <summary>Starts the rule in every compilation that uses Pyrite.</summary>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (PyriteTypes.Of(start.Compilation) is { } types)
            {
                Start(start, types);
            }
        });
    }

    private protected abstract void Start(CompilationStartAnalysisContext context, PyriteTypes types);

    /// <summary>Looks at every model and guide.</summary>
    private protected static void OnModels(
        CompilationStartAnalysisContext context, PyriteTypes types, Action<OperationBlockAnalysisContext, FunctionBody> look) =>
        context.RegisterOperationBlockAction(block =>
        {
            foreach (FunctionBody body in FunctionBody.Of(block, types).Where(body => body.IsModel))
            {
                look(block, body);
            }
        });
}
