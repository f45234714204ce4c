using System.Reflection.Emit;
using Pyrite.Kernels.Code;

namespace Pyrite.Kernels.Emit;

/// <summary>Writes one loop over the elements of arrays of one length, vector by vector.</summary>
internal static class LoopWriter
{
    /// <summary>Writes the loop.</summary>
    /// <param name="writer">Whose code it becomes part of.</param>
    /// <param name="work">What is computed; no products.</param>
    public static void Write(ProgramWriter writer, LoopWork work)
    {
        ILGenerator il = writer.Il;
        LoopBody body = new(writer, work);
        int width = VectorCode.Width, lanes = width / work.Type.ByteSize, whole = work.Count / lanes;
        if (whole == 1)
        {
            body.Write(0, isLoop: false, isTail: false);
        }
        else if (whole > 1)
        {
            Label next = il.DefineLabel();
            il.Set(body.At, 0);
            il.MarkLabel(next);
            body.Write(0, isLoop: true, isTail: false);
            il.Advance(body.At, width);
            il.Emit(OpCodes.Ldloc, body.At);
            il.PushNative(whole * width);
            il.Emit(OpCodes.Blt, next);
        }
        if (work.Count % lanes > 0)
        {
            body.Write(whole * width, isLoop: false, isTail: true);
        }
        body.Finish();
    }
}
