import java.io.FileInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.uima.UIMAFramework;
import org.apache.uima.cas.CAS;
import org.apache.uima.cas.Feature;
import org.apache.uima.cas.Type;
import org.apache.uima.cas.impl.XmiCasDeserializer;
import org.apache.uima.cas.text.AnnotationFS;
import org.apache.uima.resource.metadata.TypeSystemDescription;
import org.apache.uima.util.CasCreationUtils;
import org.apache.uima.util.XMLInputSource;

/** Prints id and covered text of every passage: what Apache UIMA makes of begin and end. */
public class Check {
  public static void main(String[] files) throws Exception {
    TypeSystemDescription types =
        UIMAFramework.getXMLParser().parseTypeSystemDescription(new XMLInputSource(files[0]));
    for (int at = 1; at < files.length; at++) {
      CAS cas = CasCreationUtils.createCas(types, null, null);
      try (FileInputStream in = new FileInputStream(files[at])) {
        XmiCasDeserializer.deserialize(in, cas);
      }
      Type type = cas.getTypeSystem().getType("webanno.custom.Passage");
      Feature id = type.getFeatureByBaseName("annId");
      for (AnnotationFS passage : cas.getAnnotationIndex(type)) {
        byte[] text = passage.getCoveredText().getBytes(StandardCharsets.UTF_8);
        System.out.println(
            passage.getStringValue(id) + "\t" + Base64.getEncoder().encodeToString(text));
      }
    }
  }
}
