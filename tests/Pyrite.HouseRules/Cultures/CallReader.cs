using System.Reflection;
using System.Reflection.Emit;

namespace Pyrite;

/// <summary>Reads the calls out of the compiled code of an assembly: what the compiler made of the source, with all types known.</summary>
internal static class CallReader
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xFFFF);

    /// <summary>Every call of every method of the assembly.</summary>
    public static IEnumerable<MethodCall> Of(Assembly assembly) => assembly.GetTypes().SelectMany(Of);

    /// <summary>Every call of every method of one type.</summary>
    public static IEnumerable<MethodCall> Of(Type type) =>
        type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)).SelectMany(Of);

    private static IEnumerable<MethodCall> Of(MethodBase caller)
    {
        if (caller.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            yield break;
        }

        Type? receiver = null;
        bool afterNull = false;
        for (int at = 0; at < code.Length;)
        {
            int value = code[at++];
            OpCode instruction = Codes[value == 0xFE ? 0xFE00 | code[at++] : value];
            if (instruction.OperandType == OperandType.InlineMethod && Resolve(caller, BitConverter.ToInt32(code, at)) is MethodBase callee)
            {
                yield return new MethodCall(caller, callee, receiver, afterNull);
            }

            receiver =
                instruction == OpCodes.Constrained
                    ? caller.Module.ResolveType(BitConverter.ToInt32(code, at), TypeArguments(caller), MethodArguments(caller))
                    : null;
            afterNull = instruction == OpCodes.Ldnull;
            at += instruction.OperandType == OperandType.InlineSwitch ? 4 + 4 * BitConverter.ToInt32(code, at) : Size(instruction.OperandType);
        }
    }

    private static MethodBase? Resolve(MethodBase caller, int token) =>
        caller.Module.ResolveMethod(token, TypeArguments(caller), MethodArguments(caller));

    private static Type[] TypeArguments(MethodBase caller) => caller.DeclaringType?.GetGenericArguments() ?? [];

    private static Type[] MethodArguments(MethodBase caller) => caller is MethodInfo ? caller.GetGenericArguments() : [];

    private static int Size(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
